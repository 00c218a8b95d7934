// Pages of the cluster example on two nodes: they chat, and outlive Redis, a node and a reload.
//   node cluster.mjs --java JAVA --classpath PATH --port 8080 --screenshots DIR
import { launch } from './browser.mjs';
import { Launcher } from './launcher.mjs';
import { check, equal, finish, options } from './report.mjs';

const { java, classpath, port, screenshots } = options();
const EVERYBODY = '#everybody';
const GROUP = '#group';
const LIMIT = 20000;

let cluster = new Launcher(java, classpath, port);
const browser = await launch();
let ann;
let bob;

await check('one launcher starts Redis, two nodes and nginx', async () => {
  await cluster.prints(/^listening on /);
  equal((await cluster.answeringPorts()).length, 4);
});

await check('pages land on both nodes in turn and chat both ways', async () => {
  ann = await openOn('node-1', '안나');
  bob = await openOn('node-2', '보라');
  await crosses(ann, bob, '안녕하세요, 저는 1번 노드에 있어요');
  await crosses(bob, ann, '반가워요, 저는 2번 노드예요');
  await sees(bob, EVERYBODY, '보라반가워요, 저는 2번 노드예요');
});

await check('a group spans both nodes, and nobody else hears it', async () => {
  const eve = await openOn('node-2', '이브');
  await join(eve, '비밀');
  await sees(eve, GROUP, '비밀채팅방에 정상 접속하였습니다');
  await join(ann, '개발');
  await sees(ann, GROUP, '개발채팅방에 정상 접속하였습니다');
  await join(bob, '개발');
  await sees(bob, GROUP, '개발채팅방에 정상 접속하였습니다');
  await sees(ann, GROUP, '보라님이 개발채팅방에 입장하셨습니다');
  await say(bob, GROUP, '여기는 개발 그룹입니다');
  await sees(ann, GROUP, '보라여기는 개발 그룹입니다');
  await say(ann, GROUP, '네, 잘 보여요');
  await sees(bob, GROUP, '안나네, 잘 보여요');
  equal(await eve.locator(`${GROUP} li`).allTextContents(), ['비밀채팅방에 정상 접속하였습니다']);
  await eve.context().close();
  await ann.screenshot({ path: `${screenshots}/cluster-node-1.png` });
  await bob.screenshot({ path: `${screenshots}/cluster-node-2.png` });
});

await check('a page that is loaded again chats on, wherever it lands', async () => {
  const cem = await open('젬');
  await cem.reload();
  await introduce(cem, '젬');
  await say(cem, EVERYBODY, '새로 고침했어요');
  await sees(ann, EVERYBODY, '젬새로 고침했어요');
  await sees(bob, EVERYBODY, '젬새로 고침했어요');
  await cem.context().close();
});

await check('without Redis pages stay connected and each node goes on by itself', async () => {
  const dan = await openOn('node-1', '단');
  await cluster.order('kill redis', /^redis is down/);
  await say(ann, EVERYBODY, '레디스가 없어도 1번 노드는 계속');
  await sees(dan, EVERYBODY, '안나레디스가 없어도 1번 노드는 계속');
  await say(bob, EVERYBODY, '2번 노드도 계속');
  await sees(bob, EVERYBODY, '보라2번 노드도 계속');
  equal(await Promise.all([ann, bob, dan].map(state)), ['node-1', 'node-2', 'node-1'].map(node => `connected to ${node}`));
  await dan.context().close();
});

await check('when Redis is back messages cross again', async () => {
  await cluster.order('start redis', /^redis .* is up/);
  await crosses(ann, bob, '다시 들리나요?');
  await crosses(bob, ann, '네, 다시 들려요');
});

await check('when a node dies its pages connect to the other one, and to their group, by themselves', async () => {
  await cluster.order('kill node-2', /^node-2 is down/);
  await connected(bob, 'node-1');
  await ann.locator(`${GROUP} li`, { hasText: '보라님이 개발채팅방에 입장하셨습니다' }).nth(1).waitFor({ timeout: LIMIT });
  await say(bob, GROUP, '다시 왔어요');
  await sees(ann, GROUP, '보라다시 왔어요');
  await say(ann, EVERYBODY, '노드 하나로도 됩니다');
  await sees(bob, EVERYBODY, '안나노드 하나로도 됩니다');
  await bob.screenshot({ path: `${screenshots}/cluster-after-the-loss-of-node-2.png` });
});

await check('a node that is back gets its share of the pages', async () => {
  await cluster.order('start node-2', /^node-2 .* is up/);
  const fay = await openOn('node-2', '페이');
  await say(fay, EVERYBODY, '2번 노드가 돌아왔어요');
  await sees(ann, EVERYBODY, '페이2번 노드가 돌아왔어요');
});

await check('when a part ends by itself all stop and the launcher says which', async () => {
  cluster.kill('nginx');
  await cluster.prints(/^cluster: nginx has ended by itself with code 137/);
  equal(await cluster.exit, 1);
  equal(await cluster.answeringPorts(), []);
});

await check('a Ctrl-C ends what has started so far', async () => {
  cluster = new Launcher(java, classpath, port);
  await cluster.prints(/^redis .*Server initialized/);
  await cluster.stop();
  equal(await cluster.answeringPorts(), []);
});

await browser.close();
await cluster.stop();
finish();

/** A page of somebody whose turn it is to be on a node; others only take their turn. */
async function openOn(node, user) {
  for (let turn = 0; turn < 4; turn++) {
    const page = await open(user);
    if ((await state(page)) === `connected to ${node}`) return page;
    await page.context().close();
  }
  throw new Error(`Expected one of four pages to land on ${node}`);
}

async function open(user) {
  const context = await browser.newContext({ viewport: { width: 1000, height: 560 } });
  const page = await context.newPage();
  page.on('pageerror', error => console.error(`page error: ${error.message}`));
  await page.goto(`http://localhost:${port}/`);
  await introduce(page, user);
  return page;
}

async function introduce(page, user) {
  await connected(page, 'node-');
  await page.fill('input[name=user]', user);
}

async function connected(page, node) {
  await page.locator('#state', { hasText: `connected to ${node}` }).waitFor({ timeout: LIMIT });
}

function state(page) {
  return page.locator('#state').textContent();
}

async function say(page, room, text) {
  await page.fill(`${room} form input`, text);
  await page.click(`${room} form button`, { timeout: LIMIT });
}

async function join(page, group) {
  await say(page, GROUP, group);
}

/** Waits until a room shows somebody's name and what they said. */
async function sees(page, room, text) {
  await page.locator(`${room} li`, { hasText: text }).first().waitFor({ timeout: LIMIT });
}

/** Says something until it is heard: nodes that lost Redis, or have just found it, may miss what others say meanwhile. */
async function crosses(from, to, text) {
  const end = Date.now() + LIMIT;
  while (Date.now() < end) {
    await say(from, EVERYBODY, text);
    const heard = to.locator(`${EVERYBODY} li`, { hasText: text }).first();
    if (await heard.waitFor({ timeout: 2000 }).then(() => true, () => false)) return;
  }
  throw new Error(`Expected "${text}" to cross the nodes within ${LIMIT} ms`);
}
