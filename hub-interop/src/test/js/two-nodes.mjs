// Every target from each of two nodes to clients of both, in JSON and MessagePack; a line for each.
//   node two-nodes.mjs http://127.0.0.1:5000 http://127.0.0.1:5001
import * as signalR from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';

const [A, B, path = '/conformance'] = process.argv.slice(2);
const quiet = { log() {} };
const pause = ms => new Promise(r => setTimeout(r, ms));

async function connect(name, url, protocol, user) {
  const builder = new signalR.HubConnectionBuilder()
    .withUrl(url + path, { transport: signalR.HttpTransportType.WebSockets, accessTokenFactory: user ? () => user : undefined })
    .configureLogging(quiet);
  if (protocol === 'messagepack') builder.withHubProtocol(new MessagePackHubProtocol());
  const c = builder.build();
  const client = { name, c, got: [], answer: q => 'answer to ' + q };
  c.on('Receive', m => client.got.push(m));
  c.on('Answer', q => { const a = client.answer(q); return a; });
  c.onclose(() => { client.closed = true; });
  await c.start();
  client.id = await c.invoke('ConnectionId');
  return client;
}

const results = [];
async function check(row, run) {
  try {
    const problem = await Promise.race([run(), pause(40000).then(() => 'timed out')]);
    results.push([row, problem ?? 'ok']);
  } catch (e) { results.push([row, 'threw ' + e.message]); }
}

async function both(from, to, label) {
  const [a1, a2, b1, b2] = await Promise.all([
    connect('a-json', from, 'json', 'ann'), connect('a-msgpack', from, 'messagepack', 'bob'),
    connect('b-json', to, 'json', 'ann'), connect('b-msgpack', to, 'messagepack', null)]);
  const all = [a1, a2, b1, b2];
  async function sends(name, act, ...expected) {
    await check(`${label} ${name}`, async () => {
      all.forEach(x => { x.got = []; });
      await act(name);
      const want = new Map(all.map(x => [x, expected.filter(e => e === x).length]));
      const end = Date.now() + 15000;
      while (Date.now() < end && ![...want].every(([x, n]) => x.got.length >= n)) await pause(10);
      await pause(60);
      const wrong = all.filter(x => x.got.length !== want.get(x) || x.got.some(m => m !== name));
      return wrong.length ? wrong.map(x => `${x.name} got ${JSON.stringify(x.got)} wanted ${want.get(x)}`).join('; ') : undefined;
    });
  }
  await pause(300);
  for (const s of [a1, a2]) {
    const p = s === a1 ? 'json' : 'msgpack';
    await sends(`${p}: all`, m => s.c.invoke('Broadcast', m), a1, a2, b1, b2);
    await sends(`${p}: caller`, m => s.c.invoke('SendCaller', m), s);
    await sends(`${p}: others`, m => s.c.invoke('SendOthers', m), ...all.filter(x => x !== s));
    await sends(`${p}: client there`, m => s.c.invoke('SendClient', b1.id, m), b1);
    await sends(`${p}: client here`, m => s.c.invoke('SendClient', a1.id, m), a1);
    await sends(`${p}: client unknown`, m => s.c.invoke('SendClient', 'nobody', m));
    await sends(`${p}: clients`, m => s.c.invoke('SendClients', [a1.id, b1.id, b2.id], m), a1, b1, b2);
    await sends(`${p}: all except`, m => s.c.invoke('SendAllExcept', [a2.id, b1.id], m), a1, b2);
    await sends(`${p}: user`, m => s.c.invoke('SendUser', 'ann', m), a1, b1);
    await sends(`${p}: users`, m => s.c.invoke('SendUsers', ['ann', 'bob'], m), a1, a2, b1);
    const g = `g${label}${p}é *`, h = `h${label}${p}`;
    await check(`${label} ${p}: join here and there, add other's connection`, async () => {
      await a1.c.invoke('JoinGroup', g); await b1.c.invoke('JoinGroup', g);
      await s.c.invoke('AddToGroup', b2.id, g); await s.c.invoke('AddToGroup', b2.id, h);
    });
    await sends(`${p}: group`, m => s.c.invoke('SendGroup', g, m), a1, b1, b2);
    await sends(`${p}: groups`, m => s.c.invoke('SendGroups', [g, h], m), a1, b1, b2, b2);
    await sends(`${p}: group except`, m => s.c.invoke('SendGroupExcept', g, [a1.id, b1.id], m), b2);
    await sends(`${p}: others in group`, m => s.c.invoke('SendOthersInGroup', g, m), ...[a1, b1, b2].filter(x => x !== s));
    await check(`${label} ${p}: remove other's connection`, async () => { await s.c.invoke('RemoveFromGroup', b2.id, g); await s.c.invoke('RemoveFromGroup', b2.id, g); });
    await sends(`${p}: group after removal`, m => s.c.invoke('SendGroup', g, m), a1, b1);
    await a1.c.invoke('LeaveGroup', g); await b1.c.invoke('LeaveGroup', g); await s.c.invoke('RemoveFromGroup', b2.id, h);
    await sends(`${p}: empty group`, m => s.c.invoke('SendGroup', g, m));
    for (const t of [b1, b2, a1]) await check(`${label} ${p}: result of ${t.name}`, async () => {
      if (t === s) return;
      const r = await s.c.invoke('AskClient', t.id, 'q'); if (r !== 'answer to q') return 'got ' + r;
    });
    await check(`${label} ${p}: error of the client there`, async () => {
      b1.answer = () => { throw new Error('Client error'); };
      try { await s.c.invoke('AskClient', b1.id, 'q'); return 'no error'; } catch (e) { if (!/HubException: /.test(e.message)) return e.message; } finally { b1.answer = q => 'answer to ' + q; }
    });
    await check(`${label} ${p}: result of nobody`, async () => {
      try { await s.c.invoke('AskClient', 'nobody', 'q'); return 'no error'; } catch (e) { if (!/An unexpected error occurred invoking 'AskClient' on the server\.$/.test(e.message)) return e.message; }
    });
    await check(`${label} ${p}: asked client leaves`, async () => {
      const x = await connect('x', to, p === 'json' ? 'messagepack' : 'json', null);
      x.answer = () => new Promise(() => {});
      const asked = s.c.invoke('AskClient', x.id, 'q').then(() => 'no error', e => (/Connection disconnected|unexpected error/.test(e.message) ? undefined : e.message));
      await pause(300); await x.c.stop();
      return await asked;
    });
    await check(`${label} ${p}: aborted connection there gets nothing, others do`, async () => {
      const x = await connect('x', to, 'json', 'xavier');
      x.c.invoke('Abort').catch(() => {});
      const end = Date.now() + 15000; while (!x.closed && Date.now() < end) await pause(10);
      await pause(100);
      await s.c.invoke('SendClient', x.id, 'late'); await s.c.invoke('SendUser', 'xavier', 'late');
      await pause(100); if (x.got.length) return 'got ' + x.got;
    });
  }
  await Promise.all(all.map(x => x.c.stop()));
}
await both(A, B, 'A→B');
await both(B, A, 'B→A');
const bad = results.filter(r => r[1] !== 'ok');
for (const [row, r] of results) console.log(r === 'ok' ? `ok   ${row}` : `FAIL ${row}: ${r}`);
console.log(`${results.length - bad.length} passed, ${bad.length} failed`);
process.exit(bad.length ? 1 : 0);
