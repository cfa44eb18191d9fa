import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { App } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { manifest } from './manifest.ts';
import { openBrowser, skip } from './browser.ts';
import { startEchoBot } from './echo-bot.ts';
import { KIM, ROBIN, SAM } from './person.ts';

/** A function for the page; a text, because these files know nothing of the DOM. */
function inPage(body: string): (element: unknown) => boolean {
  return new Function('element', body) as (element: unknown) => boolean;
}

describe('the page of the local workspace', { skip }, () => {
  let sandbox: Sandbox;
  let app: App;
  let client: WebClient;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];

  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser.close());
  beforeEach(async () => {
    sandbox = await startSandbox({ port: 0, manifest, ackTimeoutMs: 1000 });
    app = await startEchoBot(sandbox);
    client = new WebClient(sandbox.botToken, { slackApiUrl: sandbox.apiUrl });
    context = await browser.newContext();
    complaints = [];
    page = await open(SAM);
  });
  afterEach(async () => {
    await context.close();
    await app.stop();
    await sandbox.close();
    assert.deepEqual(complaints, [], 'the browser complained');
  });

  async function open(userId: string): Promise<Page> {
    const tab = await context.newPage();
    tab.setDefaultTimeout(60_000);
    tab.on('pageerror', (error) => complaints.push(error.message));
    tab.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await tab.goto(`${sandbox.url}/?as=${userId}`);
    await tab.getByRole('heading', { name: '# support-mentions' }).waitFor();
    return tab;
  }

  const composer = (tab: Page): Locator => tab.getByRole('textbox', { name: /^Message #/ });
  async function type(tab: Page, text: string): Promise<void> {
    await composer(tab).fill(text);
    await composer(tab).press('Enter');
  }
  const isFocused = (element: Locator): Promise<boolean> =>
    element.evaluate(inPage('return element === document.activeElement'));
  const isInside = (element: Locator): Promise<boolean> =>
    element.evaluate(inPage('return element.contains(document.activeElement)'));
  const log = (tab: Page): Locator =>
    tab.getByRole('log', { name: 'Messages in support-mentions' });

  it('shows a message of one person to another at once', async () => {
    const robin = await open(ROBIN);
    await type(page, 'Good morning');
    await log(robin).getByText('Good morning').waitFor();
    assert.equal(await composer(page).inputValue(), '');
  });

  it('follows a click on a button: the card changes for everybody, the thread has a line', async () => {
    const robin = await open(ROBIN);
    await type(page, '/earshot card Third visit cancelled');
    const clicked = robin.getByRole('button', { name: 'Claim' });
    await clicked.waitFor();
    await clicked.click();
    await log(page).getByText('Claimed by @Robin').waitFor();
    await page.getByRole('button', { name: /^1 reply/ }).click();
    await page
      .getByRole('complementary', { name: 'Thread' })
      .getByText(/claimed by/)
      .waitFor();
    assert.equal(await page.getByRole('button', { name: 'Claim' }).count(), 0);
    await robin.getByText('You have it now.').waitFor();
    assert.equal(await page.getByText('You have it now.').count(), 0);
  });

  it('completes commands from the manifest, and shows the answer to the one who asked', async () => {
    await composer(page).fill('/ear');
    await page.getByRole('option', { name: /^\/earshot/ }).waitFor();
    await composer(page).press('Tab');
    assert.equal(await composer(page).inputValue(), '/earshot ');
    await composer(page).pressSequentially('so');
    await page.getByRole('option', { name: '/earshot sources' }).waitFor();
    await composer(page).press('ArrowDown');
    await composer(page).press('Enter');
    assert.equal(await composer(page).inputValue(), '/earshot sources ');
    await composer(page).press('Enter');
    const answer = page.getByRole('listitem').filter({ hasText: 'heard: sources' });
    await answer.getByText('Only visible to you').waitFor();
    await answer.getByRole('button', { name: 'Dismiss' }).click();
    await answer.waitFor({ state: 'detached' });
  });

  it('opens a modal, refuses wrong inputs in place, keeps what was typed, and closes', async () => {
    await type(page, '/earshot modal');
    const dialog = page.getByRole('dialog', { name: 'Log answer' });
    const address = dialog.getByLabel('Where is the answer?');
    await address.waitFor();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Please complete this required field.').waitFor();
    await address.fill('not an address');
    await address.press('Enter');
    await dialog.getByText(/whole web address/).waitFor();
    await address.fill('https://wrong.example');
    await dialog.getByLabel('Note').fill('my note');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('That is the wrong address.').waitFor();
    assert.equal(await address.getAttribute('aria-invalid'), 'true');
    assert.equal(await dialog.getByLabel('Note').inputValue(), 'my note');
    await address.fill('https://again.example');
    await dialog.getByRole('button', { name: 'Save' }).click();
    const replaced = page.getByRole('dialog', { name: 'Once more' });
    await replaced.waitFor();
    assert.equal(await replaced.getByLabel('Note').inputValue(), 'my note');
    await replaced.getByLabel('Where is the answer?').fill('https://right.example/#reply-1');
    await replaced.getByLabel('Where is the answer?').press('Enter');
    await log(page).getByText('answered at https://right.example/#reply-1').waitFor();
    assert.equal(await page.getByRole('dialog').count(), 0);
  });

  it('keeps the keyboard inside of a modal and gives the focus back afterwards', async () => {
    await type(page, '/earshot modal');
    const dialog = page.getByRole('dialog', { name: 'Log answer' });
    await dialog.waitFor();
    assert.equal(await isInside(dialog), true);
    for (let step = 0; step < 8; step += 1) {
      await page.keyboard.press('Tab');
      // Between the last element and the first the browser gives the focus to its own frame.
      const onFrame = await page.evaluate('document.activeElement === document.body');
      assert.ok(onFrame === true || (await isInside(dialog)));
    }
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    assert.equal(await isFocused(composer(page)), true);
  });

  it('asks before a button that wants it, and offers the overflow by keyboard', async () => {
    await type(page, '/earshot kit');
    await page.getByRole('button', { name: 'Remove' }).click();
    const question = page.getByRole('dialog', { name: 'Remove it?' });
    await question.getByText('It does not come back.').waitFor();
    await question.getByRole('button', { name: 'Keep' }).click();
    await question.waitFor({ state: 'detached' });
    const more = page.getByRole('button', { name: 'More actions' });
    await more.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'One' }).waitFor();
    await page.keyboard.press('ArrowDown');
    assert.equal(await isFocused(page.getByRole('menuitem', { name: 'Two' })), true);
    await page.keyboard.press('Escape');
    assert.equal(await page.getByRole('menu').count(), 0);
    assert.equal(await isFocused(more), true);
    const link = page.getByRole('link', { name: /Open post/ });
    assert.equal(await link.getAttribute('href'), 'https://example.org/post');
    assert.match((await link.getAttribute('rel'))!, /noopener noreferrer/);
  });

  it('leaves an open menu open while its message is drawn anew', async () => {
    const channel = sandbox.channelId;
    const options = ['First', 'Second'].map((text) => ({
      text: { type: 'plain_text' as const, text },
      value: text,
    }));
    const card = (text: string) => ({
      text,
      blocks: [
        {
          type: 'section' as const,
          text: { type: 'plain_text' as const, text },
          accessory: { type: 'overflow' as const, action_id: 'menu', options },
        },
      ],
    });
    const { ts } = await client.chat.postMessage({ channel, ...card('as it was') });
    const message = page.getByRole('listitem').filter({ hasText: /as it (?:was|is now)/ });
    await message.getByRole('button', { name: 'More actions' }).click();
    await page.keyboard.press('ArrowDown');
    await client.chat.update({ channel, ts: ts!, ...card('as it is now') });
    await message.getByText('as it is now').waitFor();
    assert.equal(await isFocused(page.getByRole('menuitem', { name: 'Second' })), true);
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
  });

  it('draws the Home of each person', async () => {
    await page.getByRole('button', { name: 'Earshot', exact: true }).click();
    await page.getByRole('heading', { name: 'Your claims' }).waitFor();
    await page.getByText('Nothing yet, @Sam.').waitFor();
  });

  it('runs a message shortcut from the menu of a message', async () => {
    await type(page, 'look at this');
    const message = page.getByRole('listitem').filter({ hasText: 'look at this' });
    await message.hover();
    await message.getByRole('button', { name: 'Message shortcuts' }).click();
    await page.getByRole('menuitem', { name: 'Treat as a mention' }).click();
    await page.getByText('about: look at this').waitFor();
  });

  it('takes a deleted message away, and a thread that it began', async () => {
    const { ts } = await client.chat.postMessage({ channel: sandbox.channelId, text: 'soon gone' });
    const message = page.getByRole('listitem').filter({ hasText: 'soon gone' }).first();
    await message.hover();
    await message.getByRole('button', { name: 'Reply' }).click();
    await page.getByRole('complementary', { name: 'Thread' }).waitFor();
    await client.chat.delete({ channel: sandbox.channelId, ts: ts! });
    await message.waitFor({ state: 'detached' });
    assert.equal(await page.getByRole('complementary', { name: 'Thread' }).count(), 0);
  });

  it('stays where one reads when a message comes, and offers the way to it', async () => {
    for (let line = 0; line < 40; line += 1) {
      await client.chat.postMessage({ channel: sandbox.channelId, text: `line ${line}` });
    }
    await log(page).getByText('line 39').waitFor();
    await log(page).getByText('line 0', { exact: true }).scrollIntoViewIfNeeded();
    await client.chat.postMessage({ channel: sandbox.channelId, text: 'the newest' });
    const offer = page.getByRole('button', { name: /New messages/ });
    await offer.click();
    await offer.waitFor({ state: 'detached' });
    assert.equal(await log(page).getByText('the newest').isVisible(), true);
  });

  it('follows a link to a message without leaving the page', async () => {
    const channel = sandbox.channelId;
    const { ts } = await client.chat.postMessage({ channel, text: 'the card' });
    const line = await client.chat.postMessage({ channel, thread_ts: ts!, text: 'its line' });
    const { permalink } = await client.chat.getPermalink({ channel, message_ts: line.ts! });
    await client.chat.postMessage({ channel, text: `<${permalink}|see it>` });
    await page.getByRole('link', { name: 'see it' }).click();
    await page.getByRole('complementary', { name: 'Thread' }).getByText('its line').waitFor();
    assert.equal(context.pages().length, 1);
    await page.goto(permalink!);
    await page.getByRole('complementary', { name: 'Thread' }).getByText('its line').waitFor();
  });

  it('says so when the app does not answer, and when a command stands in a thread', async () => {
    await type(page, '/earshot silent');
    await page
      .getByRole('alert')
      .getByText(/\/earshot failed/)
      .waitFor();
    assert.equal(await composer(page).inputValue(), '/earshot silent');
    await type(page, 'root');
    const message = page.getByRole('listitem').filter({ hasText: 'root' }).first();
    await message.hover();
    await message.getByRole('button', { name: 'Reply' }).click();
    const reply = page.getByRole('textbox', { name: 'Reply in the thread' });
    await reply.fill('/earshot help');
    await reply.press('Enter');
    await page
      .getByRole('alert')
      .getByText(/do not work in threads/)
      .waitFor();
  });

  it('remembers per tab as whom one acts, and offers a visitor to join', async () => {
    const kim = await open(KIM);
    await kim.getByText(/you are not a member/).waitFor();
    assert.equal(await composer(kim).count(), 0);
    await kim.getByRole('button', { name: 'Join' }).click();
    await composer(kim).waitFor();
    await page.getByText(/5 members/).waitFor();
    await page.getByLabel('Acting as').selectOption({ label: 'Alex (admin)' });
    await type(page, 'from Alex');
    await log(kim).getByRole('article', { name: /^Alex/ }).getByText('from Alex').waitFor();
    await page.reload();
    await log(page).getByText('from Alex').waitFor();
    assert.equal(await page.getByLabel('Acting as').inputValue(), 'U0ALEX0001');
  });

  it('comes back by itself when the workspace was away', async () => {
    const port = sandbox.port;
    await app.stop();
    await sandbox.close();
    await page.locator('body.offline').waitFor();
    sandbox = await startSandbox({ port, portIsFixed: true, manifest });
    app = await startEchoBot(sandbox);
    await page.locator('body:not(.offline)').waitFor();
    await page.getByText('Earshot is connected').waitFor();
    complaints.length = 0;
  });

  it('shows hostile text as text, wherever it stands', async () => {
    const hostile =
      '<img src=x onerror="document.title=1"> <!channel> <https://evil.example|https://bank.example> *x*';
    await client.chat
      .postMessage({
        channel: sandbox.channelId,
        text: 'hostile',
        blocks: [
          { type: 'header', text: { type: 'plain_text', text: hostile } },
          {
            type: 'rich_text',
            elements: [
              { type: 'rich_text_quote', elements: [{ type: 'text', text: hostile }] },
              {
                type: 'rich_text_section',
                elements: [{ type: 'link', url: 'javascript:alert(1)', text: 'click' }],
              },
            ],
          },
        ],
      })
      .catch(() => undefined);
    await client.chat.postMessage({
      channel: sandbox.channelId,
      text: 'hostile',
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: hostile } },
        {
          type: 'rich_text',
          elements: [{ type: 'rich_text_quote', elements: [{ type: 'text', text: hostile }] }],
        },
      ],
    });
    const card = page.getByRole('listitem').filter({ hasText: 'onerror' });
    await card.waitFor();
    assert.equal(await page.getByRole('listitem').filter({ hasText: 'click' }).count(), 0);
    assert.equal(await card.getByText(hostile, { exact: true }).count(), 2);
    assert.equal(await card.locator('img[src="x"], a, .mention, strong').count(), 0);
  });

  it('draws mrkdwn as Slack does', async () => {
    const cases: [string, string][] = [
      ['*bold* _it_ ~s~ `c*d*`', '<strong>bold</strong> <em>it</em> <s>s</s> <code>c*d*</code>'],
      ['snake_case_name 2*3*4', 'snake_case_name 2*3*4'],
      ['*by <@U0SAM00001>*', '<strong>by <span class="mention ">@Sam</span></strong>'],
      ['a &lt;b&gt; &amp;amp;', 'a &lt;b&gt; &amp;amp;'],
      ['&gt; q\nrest', '<blockquote>q</blockquote>rest'],
      ['<!subteam^S0LEADS001>', '<span class="mention loud">@support-leads</span>'],
      ['<!channel>', '<span class="mention loud">@channel</span>'],
      ['<javascript:alert(1)|x>', '<span>x</span>'],
      ['```a *b*```', '<pre><code>a *b*</code></pre>'],
      ['*one* and *two*', '<strong>one</strong> and <strong>two</strong>'],
      ['*_both_*', '<strong><em>both</em></strong>'],
      ['\uE0000\uE001', '0'],
    ];
    const texts = JSON.stringify(cases.map(([text]) => text));
    const drawn = await page.evaluate(`import('/page/mrkdwn.js').then(({ mrkdwn }) => {
      const names = { user: () => 'Sam', channel: () => 'general', group: () => 'support-leads' };
      return ${texts}.map((text) => {
        const holder = document.createElement('div');
        holder.append(...mrkdwn(text, names));
        return holder.innerHTML;
      });
    })`);
    assert.deepEqual(
      drawn,
      cases.map(([, html]) => html),
    );
  });

  it('leads from the rail to the sample places, where one answers as the brand', async () => {
    const [place] = await Promise.all([
      context.waitForEvent('page'),
      page.getByRole('link', { name: 'Line & Router forum (sample)' }).click(),
    ]);
    await place.getByRole('link', { name: 'No connection since Sunday' }).click();
    await place.getByLabel('Reply in public').fill('We are on it.');
    await place.getByRole('button', { name: 'Reply' }).click();
    await place.getByText('We are on it.').waitFor();
    assert.match(place.url(), /\/samples\/posts\/forum-0003#reply-1$/);
  });
});
