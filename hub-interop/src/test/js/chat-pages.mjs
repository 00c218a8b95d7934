// Two people chat in a real browser, for every version of the official client.
//   node chat-pages.mjs --base http://localhost:8080 --elsewhere http://localhost:8081 --screenshots DIR
import { clientVersions, launch, messages, openTab, sees } from './browser.mjs';
import { check, equal, finish, options } from './report.mjs';

const { base, elsewhere, screenshots } = options();
const browser = await launch();

for (const [version, clientPackage] of Object.entries(clientVersions)) {
  const file = name => `${screenshots}/${name}-${version.replaceAll(/[^a-z0-9.]+/g, '-')}.png`;
  const two = async url => Promise.all([openTab(browser, url, clientPackage), openTab(browser, url, clientPackage)]);
  const done = async tabs => Promise.all(tabs.map(tab => tab.context().close()));

  await check(`${version}: everyone sees a message in the chat`, async () => {
    const tabs = await two(`${base}/index.html`);
    const [ann, bob] = tabs;
    await ann.fill('input[name=user]', '안나');
    await ann.fill('input[name=message]', '안녕하세요 👋');
    await ann.click('#send button');
    await sees(bob, '안나: 안녕하세요 👋');
    await sees(ann, '안나: 안녕하세요 👋');
    await bob.screenshot({ path: file('chat') });
    await done(tabs);
  });

  await check(`${version}: a group hears who joins and what its members say, and nobody else does`, async () => {
    const tabs = [...await two(`${base}/group.html`), await openTab(browser, `${base}/group.html`, clientPackage)];
    const [ann, bob, eve] = tabs;
    const group = `개발-${version}`;
    await join(ann, '안나', group);
    await sees(ann, `${group}채팅방에 정상 접속하였습니다`);
    await join(eve, '이브', `${group}-2`);
    await sees(eve, `${group}-2채팅방에 정상 접속하였습니다`);
    await join(bob, '보라', group);
    await sees(bob, `${group}채팅방에 정상 접속하였습니다`);
    await sees(ann, `보라님이 ${group}채팅방에 입장하셨습니다`);
    await bob.fill('#send input[name=message]', '반갑습니다');
    await bob.click('#send button');
    await sees(ann, '보라: 반갑습니다');
    await sees(bob, '보라: 반갑습니다');
    equal(await messages(eve), [`${group}-2채팅방에 정상 접속하였습니다`]);
    await ann.screenshot({ path: file('group') });
    await done(tabs);
  });

  for (const [name, transport] of [['WebSockets', 1], ['Server-Sent Events', 2], ['long polling', 4]]) {
    await check(`${version}: a page of another origin chats with credentials over ${name}`, async () => {
      const far = await openTab(browser, `${elsewhere}/?hub=${base}&transport=${transport}`, clientPackage);
      const near = await openTab(browser, `${base}/index.html`, clientPackage);
      await far.fill('input[name=user]', '먼곳');
      await far.fill('input[name=message]', `${name} 안녕`);
      await far.click('#send button');
      await sees(near, `먼곳: ${name} 안녕`);
      await sees(far, `먼곳: ${name} 안녕`);
      await far.screenshot({ path: file(`elsewhere-${transport}`) });
      await done([far, near]);
    });
  }
}

await browser.close();
finish();

async function join(page, user, group) {
  await page.fill('#join input[name=user]', user);
  await page.fill('#join input[name=group]', group);
  await page.click('#join button');
}
