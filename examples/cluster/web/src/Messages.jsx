import { useEffect, useRef } from 'react';

/** What was said, the newest always in sight. */
export default function Messages({ messages, user }) {
  const list = useRef(null);
  useEffect(() => {
    list.current.scrollTop = list.current.scrollHeight;
  }, [messages]);

  return (
    <ul className="messages" ref={list}>
      {messages.map(message => (
        <li key={message.key} className={message.from ? (message.from === user ? 'mine' : 'theirs') : 'notice'}>
          {message.from && <b>{message.from}</b>}
          <span>{message.text}</span>
        </li>
      ))}
    </ul>
  );
}
