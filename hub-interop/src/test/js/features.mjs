// What each official JavaScript client can do with a server that maps the conformance hubs: one line of JSON per
// client, transport, protocol and feature, for the table in docs/compatibility.md.
//   node features.mjs --base http://127.0.0.1:5000
import { createRequire } from 'node:module';
import { options } from './report.mjs';

const { base } = options();
const load = createRequire(import.meta.url);

const clients = [
  { name: '@microsoft/signalr 10.0.11', signalR: load('@microsoft/signalr'), messagePack: load('@microsoft/signalr-protocol-msgpack'), results: true, reconnects: true, stateful: true },
  { name: '@microsoft/signalr 3.1.6', signalR: load('microsoft-signalr-3.1.6'), messagePack: load('msgpack-3.1.6'), results: false, reconnects: true },
  { name: '@microsoft/signalr 3.0.1', signalR: load('microsoft-signalr-3.0.1'), results: false, reconnects: true },
  { name: '@aspnet/signalr 1.1.4', signalR: load('aspnet-signalr-1.1.4'), results: false, reconnects: false },
];

const transports = { WebSockets: 1, ServerSentEvents: 2, LongPolling: 4 };

/** Each throws when the feature does not work. */
const features = {
  'call with a result': async c => equal(await c.invoke('Echo', '안녕 👋'), '안녕 👋'),
  'error of a call': async c => {
    const error = await c.invoke('ThrowHub', 'told').then(() => undefined, e => e);
    if (!error?.message.includes('HubException: told')) throw new Error(`Expected the error's text but was ${error}`);
  },
  'message from the server': async c => {
    const received = next(c, 'Receive');
    await c.send('SendCaller', 'one way');
    equal(await received, 'one way');
  },
  'message to a group': async c => {
    const received = next(c, 'Receive');
    const group = `group ${Math.random()}`;
    await c.invoke('JoinGroup', group);
    await c.invoke('SendGroup', group, 'to members');
    equal(await received, 'to members');
  },
  'large message': async c => equal(await c.invoke('Echo', 'x'.repeat(20000)), 'x'.repeat(20000)),
  'stream from the server': async c => equal(await items(c.stream('Stream', 5, 1)), [0, 1, 2, 3, 4]),
  'cancelled stream': async c => {
    await new Promise((resolve, reject) => {
      const subscription = c.stream('Stream', 1000, 5).subscribe({
        next: item => { if (item === 2) { subscription.dispose(); resolve(); } },
        complete: () => reject(new Error('Expected a cancelled stream but it was complete')),
        error: reject,
      });
    });
    equal(await c.invoke('Add', 1, 2), 3);
  },
  'upload': async (c, client) => {
    const subject = new client.signalR.Subject();
    const sum = c.invoke('Sum', subject);
    for (const n of [1, 2, 3]) subject.next(n);
    subject.complete();
    equal(await sum, 6);
  },
  'client result': async c => {
    c.on('Answer', question => `${question}!`);
    equal(await c.invoke('AskCaller', 'really'), 'really!');
  },
  'automatic reconnect': async c => {
    const before = await c.invoke('ConnectionId');
    const back = new Promise(resolve => c.onreconnected(resolve));
    cut(c);
    await back;
    if (before === await c.invoke('ConnectionId')) throw new Error('Expected a new connection id');
  },
  'stateful reconnect': async c => {
    const before = await c.invoke('ConnectionId');
    const answer = c.invoke('EchoLater', 'on its way', 300);
    cut(c);
    equal(await answer, 'on its way');
    equal(await c.invoke('ConnectionId'), before);
  },
};

for (const client of clients) {
  for (const [transport, number] of Object.entries(transports)) {
    for (const protocol of client.messagePack ? ['json', 'messagepack'] : ['json']) {
      if (protocol === 'messagepack' && transport === 'ServerSentEvents') continue; // text only, by design
      for (const [feature, run] of Object.entries(features)) {
        const outcome = await attempt(client, transport, number, protocol, feature, run);
        console.log(JSON.stringify({ client: client.name, transport, protocol, feature, ...outcome }));
      }
    }
  }
}
process.exit(0);

/** Why a feature is not tried; undefined when it is. */
function reasonAgainst(client, transport, feature) {
  if (feature === 'client result' && !client.results) return 'not in this client';
  if (feature === 'upload' && client.name.startsWith('@aspnet')) return 'not in this client';
  if (feature === 'stateful reconnect') {
    if (!client.stateful) return 'not in this client';
    return transport === 'WebSockets' ? undefined : 'WebSockets only';
  }
  if (feature === 'automatic reconnect') {
    if (!client.reconnects) return 'not in this client';
    return transport === 'WebSockets' ? undefined : 'not tried';
  }
  return undefined;
}

async function attempt(client, transport, number, protocol, feature, run) {
  const reason = reasonAgainst(client, transport, feature);
  if (reason) return { outcome: reason };
  const stateful = feature === 'stateful reconnect';
  const builder = new client.signalR.HubConnectionBuilder()
    .withUrl(`${base}/${stateful ? 'stateful' : 'conformance'}`, number)
    .configureLogging(client.signalR.LogLevel.None);
  if (protocol === 'messagepack') builder.withHubProtocol(new client.messagePack.MessagePackHubProtocol());
  if (feature === 'automatic reconnect') builder.withAutomaticReconnect([0, 50, 100]);
  if (stateful) builder.withStatefulReconnect();
  const connection = builder.build();
  try {
    await within(10000, (async () => { await connection.start(); await run(connection, client); })());
    return { outcome: 'yes' };
  } catch (error) {
    return { outcome: 'FAILED', error: String(error.message ?? error) };
  } finally {
    await within(2000, connection.stop()).catch(() => {});
  }
}

/** Cuts the socket under a connection without a closing handshake, as a lost network would. */
function cut(connection) {
  const transport = connection.connection.transport;
  (transport._webSocket ?? transport.webSocket).terminate();
}

function next(connection, target) {
  return new Promise(resolve => connection.on(target, resolve));
}

function items(stream) {
  const all = [];
  return new Promise((resolve, reject) => stream.subscribe({ next: i => all.push(i), complete: () => resolve(all), error: reject }));
}

function within(millis, promise) {
  let timer;
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error(`Nothing within ${millis} ms`)), millis); });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function equal(actual, expected) {
  const [a, e] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== e) throw new Error(`Expected ${e} but was ${a}`);
}
