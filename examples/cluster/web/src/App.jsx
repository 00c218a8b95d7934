import { useState } from 'react';
import Chat from './Chat.jsx';
import GroupChat from './GroupChat.jsx';
import Status from './Status.jsx';
import { useHub } from './useHub.js';

export default function App() {
  const hub = useHub('/chatHub');
  const [user, setUser] = useState('');

  return (
    <main>
      <header>
        <h1>Cluster chat</h1>
        <label className="name">
          Your name
          <input name="user" value={user} onChange={event => setUser(event.target.value)} autoComplete="off" />
        </label>
        <Status node={hub.session?.node} />
      </header>
      <div className="rooms">
        <Chat hub={hub} user={user.trim()} />
        <GroupChat hub={hub} user={user.trim()} />
      </div>
    </main>
  );
}
