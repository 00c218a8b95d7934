import { useState } from 'react';

const KEPT = 200;
let lastKey = 0;

/** The latest messages, and a function that adds one: a notice when it is from nobody. */
export function useMessageList() {
  const [messages, setMessages] = useState([]);
  const add = (text, from) => {
    const message = { key: ++lastKey, text, from };
    setMessages(known => [...known, message].slice(-KEPT));
  };
  return [messages, add];
}
