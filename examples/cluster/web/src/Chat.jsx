import { useEffect, useEffectEvent } from 'react';
import MessageForm from './MessageForm.jsx';
import Messages from './Messages.jsx';
import { useMessages } from './useHub.js';
import { useMessageList } from './useMessageList.js';

/** Everybody, on whichever node. */
export default function Chat({ hub: { connection, session }, user }) {
  const [messages, add] = useMessageList();
  useMessages(connection, 'ReceiveMessage', (from, text) => add(text, from));

  const tellNode = useEffectEvent(node => add(`now on ${node}`));
  useEffect(() => {
    if (session) tellNode(session.node);
  }, [session]);

  async function send(text) {
    try {
      await connection.invoke('SendMessage', user, text);
      return true;
    } catch (error) {
      add(error.message);
      return false;
    }
  }

  return (
    <section id="everybody">
      <h2>Everybody</h2>
      <Messages messages={messages} user={user} />
      <MessageForm name="message" placeholder="Message" button="Send" enabled={Boolean(session && user)} onSubmit={send} />
    </section>
  );
}
