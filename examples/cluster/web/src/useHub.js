import { HttpTransportType, HubConnectionBuilder } from '@microsoft/signalr';
import { useEffect, useEffectEvent, useState } from 'react';

// At once, then every second or two; pages that lost the same node do not come back in step.
const retryDelay = retries => (retries === 0 ? 0 : 1000 + 1000 * Math.random());

// Nothing brings the requests of one page to the same node. A WebSocket without a negotiation before it is a single
// request, so it does not matter where that one lands.
function connectionTo(url) {
  return new HubConnectionBuilder()
    .withUrl(url, { skipNegotiation: true, transport: HttpTransportType.WebSockets })
    .withAutomaticReconnect({ nextRetryDelayInMilliseconds: ({ previousRetryCount }) => retryDelay(previousRetryCount) })
    .build();
}

/**
 * Keeps a page connected to a hub for as long as the component lives.
 *
 * Returns the connection and the session: null while there is no connection, a new object for each new one, which may
 * be with another node. What a server knows of a connection ends with it, so effects that depend on the session run again.
 */
export function useHub(url) {
  const [connection] = useState(() => connectionTo(url));
  const [session, setSession] = useState(null);

  useEffect(() => {
    let wanted = true;
    let timer;

    async function begin() {
      const node = await connection.invoke('NodeName');
      if (wanted) setSession({ node });
    }

    // Automatic reconnect cares for connections that were made once; the first one is made here.
    async function start(retries) {
      try {
        await connection.start();
      } catch {
        if (wanted) timer = setTimeout(start, retryDelay(retries + 1), retries + 1);
        return;
      }
      await begin().catch(lostAgain);
    }

    // The connection knows by itself, and will be back.
    function lostAgain() {}

    connection.onreconnecting(() => setSession(null));
    connection.onreconnected(() => begin().catch(lostAgain));
    connection.onclose(() => {
      setSession(null);
      if (wanted) start(0);
    });
    start(0);
    return () => {
      wanted = false;
      clearTimeout(timer);
      connection.stop();
    };
  }, [connection]);

  return { connection, session };
}

/** Calls back for a message of the server. Children subscribe before useHub connects, so none is missed. */
export function useMessages(connection, name, callback) {
  const received = useEffectEvent((...values) => callback(...values));
  useEffect(() => {
    const handler = (...values) => received(...values);
    connection.on(name, handler);
    return () => connection.off(name, handler);
  }, [connection, name]);
}
