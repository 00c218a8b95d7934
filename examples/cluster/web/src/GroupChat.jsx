import { useEffect, useEffectEvent, useState } from 'react';
import MessageForm from './MessageForm.jsx';
import Messages from './Messages.jsx';
import { useMessages } from './useHub.js';
import { useMessageList } from './useMessageList.js';

/** The members of one group, on whichever nodes. */
export default function GroupChat({ hub: { connection, session }, user }) {
  const [messages, add] = useMessageList();
  const [group, setGroup] = useState(null);
  useMessages(connection, 'GroupJoined', notice => add(notice));
  useMessages(connection, 'GroupReceiveMessage', (from, text) => add(text, from));

  async function call(method, ...values) {
    try {
      await connection.invoke(method, ...values);
      return true;
    } catch (error) {
      add(error.message);
      return false;
    }
  }

  // A new connection is in no group: it joins again, wherever it landed.
  const join = useEffectEvent(() => call('JoinGroup', group, user));
  useEffect(() => {
    if (session && group) join();
  }, [session, group]);

  const ready = Boolean(session && user);
  return (
    <section id="group">
      <h2>{group ? `Group ${group}` : 'Group'}</h2>
      <Messages messages={messages} user={user} />
      {group ? (
        <MessageForm
          name="group-message"
          placeholder={`Message to ${group}`}
          button="Send"
          enabled={ready}
          onSubmit={text => call('GroupSendMessage', group, user, text)}
        />
      ) : (
        <MessageForm name="group-name" placeholder="Name of a group" button="Join" enabled={ready} onSubmit={setGroup} />
      )}
    </section>
  );
}
