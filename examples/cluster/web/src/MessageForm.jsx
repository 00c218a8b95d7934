import { useState } from 'react';

/** One field and its button; the field is emptied when the action has succeeded. */
export default function MessageForm({ name, placeholder, button, enabled, onSubmit }) {
  const [text, setText] = useState('');

  async function submit(event) {
    event.preventDefault();
    const said = text.trim();
    if (enabled && said && (await onSubmit(said))) setText('');
  }

  return (
    <form id={name} onSubmit={submit}>
      <input
        name={name}
        placeholder={placeholder}
        value={text}
        onChange={event => setText(event.target.value)}
        autoComplete="off"
      />
      <button disabled={!enabled}>{button}</button>
    </form>
  );
}
