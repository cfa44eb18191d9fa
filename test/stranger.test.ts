/** What a stranger does with a fresh clone: `npm start`, and then everything by hand, in a browser. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { openBrowser, skip } from './sandbox/browser.ts';
import { temporaryFolder } from './helpers/stores.ts';
import { startWeb } from './helpers/web.ts';

interface Service {
  url: string;
  /** Ctrl-C; how long it took, in milliseconds, and the exit status. */
  stop(): Promise<{ milliseconds: number; code: number | null }>;
}

/** `earshot start` as `npm start` runs it, with its data in a folder of the test. */
async function start(t: TestContext, folder: string, ownHost: string): Promise<Service> {
  const { PATH, HOME } = process.env;
  const child: ChildProcess = spawn(process.execPath, ['bin/earshot.js', 'start'], {
    env: {
      PATH,
      HOME,
      PORT: '0',
      DATABASE_URL: `sqlite:${join(folder, 'earshot.db')}`,
      EARSHOT_PRIVATE_HOSTS: ownHost,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.after(() => child.kill('SIGKILL'));
  let printed = '';
  while (!/http:\/\/\S+/u.test(printed)) {
    const [chunk] = (await once(child.stdout!, 'data')) as [Buffer];
    printed += String(chunk);
  }
  return {
    url: /http:\/\/\S+/u.exec(printed)![0],
    async stop() {
      const began = performance.now();
      const exit = once(child, 'exit') as Promise<[number | null]>;
      child.kill('SIGINT');
      const [code] = await exit;
      return { milliseconds: performance.now() - began, code };
    },
  };
}

async function enter(browser: Browser, url: string, person: string): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(`${url}/?as=${person}`);
  await page.getByRole('heading', { name: '# support-mentions' }).waitFor();
  return page;
}

function cards(page: Page): Locator {
  return page
    .getByRole('log', { name: 'Messages in support-mentions' })
    .getByRole('listitem')
    .filter({ hasText: '"acme broadband"' });
}

/** The card of the first complaint that arrives. */
function engineerCard(page: Page): Locator {
  return cards(page).filter({ hasText: 'Third engineer visit' });
}

async function type(page: Page, text: string): Promise<void> {
  const composer = page.getByRole('textbox', { name: /^Message #/u });
  await composer.fill(text);
  await composer.press('Enter');
}

async function choose(card: Locator, item: string): Promise<void> {
  await card.getByRole('button', { name: 'More actions' }).click();
  await card.page().getByRole('menuitem', { name: item }).click();
}

test('a stranger tries everything, stops it, and finds it again', { skip }, async (t) => {
  const folder = temporaryFolder(t);
  const web = await startWeb();
  t.after(() => web.close());
  const rss =
    '<rss version="2.0"><channel><title>Own forum (sample)</title><item><title>Hello (sample)</title><guid>own-1</guid></item></channel></rss>';
  web.on('/feed.xml', { headers: { 'content-type': 'application/xml' }, body: rss });
  const service = await start(t, folder, web.host);
  const browser = await openBrowser();
  t.after(() => browser.close());
  const sam = await enter(browser, service.url, 'U0SAM00001');
  const robin = await enter(browser, service.url, 'U0ROBIN001');

  await t.test('the first complaint arrives as a card while they watch', async () => {
    await engineerCard(sam).getByRole('button', { name: 'Claim' }).waitFor();
  });

  await t.test('a claim is seen by the other person, and named in the thread', async () => {
    await engineerCard(sam).getByRole('button', { name: 'Claim' }).click();
    await engineerCard(robin)
      .getByText(/claimed by Sam/u)
      .waitFor();
    await engineerCard(robin)
      .getByRole('button', { name: /repl(?:y|ies)/u })
      .click();
    const thread = robin.getByRole('complementary', { name: 'Thread' });
    await thread.getByText('claimed by Sam', { exact: true }).first().waitFor();
  });

  await t.test('released, escalated, snoozed, claimed again: the card follows', async () => {
    const card = engineerCard(sam);
    await card.getByRole('button', { name: 'Release' }).click();
    await card.getByRole('button', { name: 'Claim' }).waitFor();
    await choose(card, 'Escalate…');
    const escalate = sam.getByRole('dialog', { name: /Escalate/u });
    await escalate.getByRole('button', { name: /Escalate|Call/u }).click();
    const thread = robin.getByRole('complementary', { name: 'Thread' });
    await thread
      .getByText(/escalated|calls/iu)
      .first()
      .waitFor();
    await card.getByRole('button', { name: 'Claim' }).click();
    await card.getByRole('button', { name: 'Release' }).waitFor();
  });

  await t.test(
    'an answer that is no address is refused in place, a right one closes the card',
    async () => {
      await engineerCard(sam).getByRole('button', { name: 'Log answer' }).click();
      const dialog = sam.getByRole('dialog');
      const address = dialog.getByLabel(/Address of your public reply/u);
      await address.fill('ftp://nowhere');
      await dialog.getByRole('button', { name: 'Log answer' }).click();
      await dialog
        .getByText(/https:\/\//u)
        .first()
        .waitFor();
      const href = await engineerCard(robin)
        .getByRole('link', { name: /Open post/u })
        .getAttribute('href');
      await address.fill(`${href}#reply-1`);
      await dialog.getByRole('button', { name: 'Log answer' }).click();
      await dialog.waitFor({ state: 'detached' });
      await engineerCard(robin)
        .or(cards(robin).filter({ hasText: /answered/iu }))
        .first()
        .waitFor();
    },
  );

  await t.test('only an admin may set things up; for an admin the commands work', async () => {
    await type(sam, '/earshot watch "acme fibre" -jobs');
    await sam.getByText('Only visible to you').last().waitFor();
    const alex = await enter(browser, service.url, 'U0ALEX0001');
    await type(alex, '/earshot watch "acme fibre" -jobs');
    await alex
      .getByText(/Watching/u)
      .first()
      .waitFor();
    await type(alex, `/earshot source add ${web.url}/feed.xml`);
    await alex
      .getByText(/Own forum \(sample\)/u)
      .first()
      .waitFor();
    await type(alex, '/earshot keywords');
    await alex.getByText('2 keywords').or(alex.getByText('"acme fibre" -jobs')).first().waitFor();
    await alex.close();
  });

  await t.test('the Home tab shows what is open', async () => {
    await robin.getByRole('button', { name: 'Earshot', exact: true }).click();
    await robin
      .getByText(/claims/iu)
      .first()
      .waitFor();
  });

  const before = await cards(sam).count();
  await t.test('Ctrl-C ends it cleanly within five seconds', async () => {
    const { milliseconds, code } = await service.stop();
    assert.equal(code, 0);
    assert.ok(milliseconds < 5000, `${milliseconds} ms`);
  });

  await t.test('the next start finds everything, and posts nothing twice', async () => {
    const again = await start(t, folder, web.host);
    const kim = await enter(browser, again.url, 'U0SAM00001');
    await cards(kim).first().waitFor();
    const texts = await cards(kim).allInnerTexts();
    assert.ok(texts.length >= before, `${texts.length} cards, ${before} before`);
    const bodies = texts.map((text) => text.replace(/\d+|just now|ago|min|AM|PM|:/gu, ''));
    assert.equal(new Set(bodies).size, bodies.length, 'no card stands twice');
    await again.stop();
  });
});
