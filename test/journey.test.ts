import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { openDatabase } from '../src/store/db.ts';
import { createStores } from '../src/store/index.ts';
import { CHANNEL, slackStandin, TEAM, type SlackStandin } from './helpers/slack-standin.ts';
import { temporaryFolder } from './helpers/stores.ts';
import { startWeb, type Web } from './helpers/web.ts';

const COMPLAINT = 'Acme Broadband is down again, still waiting, nobody answers. Awful service.';
const ALEX = 'U3ALEX';
/** A process starts, polls and posts meanwhile, on a machine that may be busy. */
const PATIENCE = 60;

/** A made-up forum with a feed that a test writes to. */
interface Forum {
  url: string;
  host: string;
  say(title: string, text?: string): void;
}

async function forum(t: TestContext): Promise<Forum> {
  const web: Web = await startWeb();
  t.after(() => web.close());
  const items: string[] = [item(web, 0, 'Welcome (sample)', 'The forum is open.')];
  const feed = () =>
    `<rss version="2.0"><channel><title>Forum (sample)</title>${items.join('')}</channel></rss>`;
  web.on('/feed.xml', () => ({ headers: { 'content-type': 'application/xml' }, body: feed() }));
  return {
    url: `${web.url}/feed.xml`,
    host: web.host,
    say(title, text = COMPLAINT) {
      items.unshift(item(web, items.length, title, text));
    },
  };
}

function item(web: Web, number: number, title: string, text: string): string {
  const date = new Date().toUTCString();
  return `<item><title>${escape(title)}</title><link>${web.url}/posts/${number}</link><guid>${web.host}-${number}</guid><pubDate>${date}</pubDate><description>${escape(text)}</description></item>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Earshot as a process of its own; `kill` pulls the plug, `start` plugs it in again. */
function earshot(t: TestContext, slack: SlackStandin, folder: string, hosts: string[]) {
  let child: ChildProcess | null = null;
  const databaseUrl = `sqlite:${join(folder, 'earshot.db')}`;
  const env = {
    ...process.env,
    SLACK_BOT_TOKEN: 'xoxb-test',
    SLACK_APP_TOKEN: 'xapp-test',
    SLACK_API_URL: slack.apiUrl,
    DATABASE_URL: databaseUrl,
    EARSHOT_CHANNEL: CHANNEL,
    EARSHOT_PRIVATE_HOSTS: hosts.join(','),
    POLL_CRON: '* * * * * *',
    PORT: '0',
    LOG_LEVEL: 'warn',
  };
  const it = {
    databaseUrl,
    async start() {
      child = spawn(process.execPath, ['--import', 'tsx', 'test/helpers/earshot-process.ts'], {
        env,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(child.stdout!, 'data');
    },
    async end(signal: 'SIGKILL' | 'SIGTERM') {
      if (child === null || child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
    },
  };
  t.after(() => it.end('SIGKILL'));
  return it;
}

/** Cards in the channel by the mention whose id their buttons carry. */
function cards(slack: SlackStandin): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const message of slack.messages.values()) {
    if (message.threadTs !== null) continue;
    const metadata = message.metadata as string | { event_payload: { mention_id: string } } | null;
    if (metadata === null) continue;
    const { event_payload: payload } =
      typeof metadata === 'string' ? JSON.parse(metadata) : metadata;
    const id = String(payload.mention_id);
    found.set(id, [...(found.get(id) ?? []), message.ts]);
  }
  return found;
}

/** "Looking at ten sources …" comes first; what is done offers to take it back. */
function offers(slack: SlackStandin, way: string): number {
  return slack.ephemerals.filter(({ blocks }) => JSON.stringify(blocks).includes(`"${way}"`))
    .length;
}

async function setUp(slack: SlackStandin, forums: readonly Forum[]): Promise<void> {
  for (const [before, { url }] of forums.entries()) {
    await slack.command(ALEX, `source add ${url}`);
    await slack.until('the source is added', () => offers(slack, 'Remove') > before, PATIENCE);
  }
  await slack.command(ALEX, 'watch "acme broadband" -jobs');
  await slack.until('the keyword is added', () => offers(slack, 'Undo') > 0, PATIENCE);
}

test('heard, posted, claimed, answered: the channel, the thread and the database agree', async (t) => {
  const slack = await slackStandin(t);
  const place = await forum(t);
  const it = earshot(t, slack, temporaryFolder(t), [place.host]);
  await it.start();
  await setUp(slack, [place]);
  place.say('<!channel> <https://evil.example|https://bank.example>');
  await slack.until('the card is there', () => cards(slack).size === 1, PATIENCE);
  const [[mentionId, [ts]]] = [...cards(slack)] as [[string, [string]]];

  await slack.press('U1SAM', { message: ts }, 'Claim');
  await slack.until(
    'the card is claimed',
    () => JSON.stringify(slack.messages.get(ts)?.blocks).includes('"Release"'),
    PATIENCE,
  );
  await slack.press('U1SAM', { message: ts }, 'Log answer');
  await slack.until('the modal is open', () => slack.modals.has('U1SAM'), PATIENCE);
  await slack.submit('U1SAM', {
    url: { type: 'url_text_input', value: 'https://forum.example/posts/1#reply-1' },
  });
  await slack.until(
    'the thread has the answer',
    () =>
      [...slack.messages.values()].some(
        ({ threadTs, text }) => threadTs === ts && text.includes('answered'),
      ),
    PATIENCE,
  );

  const card = JSON.stringify(slack.calls.filter(({ method }) => method === 'chat.postMessage'));
  assert.doesNotMatch(card, /[^\\]<!channel>"?[^,]*mrkdwn/u);
  await it.end('SIGTERM');
  const db = await openDatabase(it.databaseUrl);
  t.after(() => db.destroy());
  const { mentions } = createStores(db);
  const stored = await mentions.find(TEAM, mentionId);
  assert.equal(stored?.status, 'answered');
  assert.equal(stored?.claimedBy, 'U1SAM');
  const events = await mentions.events(TEAM, mentionId);
  assert.deepEqual(
    events.map(({ type, actor }) => [type, actor]),
    [
      ['posted', 'system'],
      ['claimed', 'U1SAM'],
      ['answered', 'U1SAM'],
    ],
  );
});

test('a hundred complaints from ten feeds, the plug pulled ten times: a hundred mentions, each with its card', async (t) => {
  const slack = await slackStandin(t);
  const forums = await Promise.all(Array.from({ length: 10 }, () => forum(t)));
  const it = earshot(
    t,
    slack,
    temporaryFolder(t),
    forums.map(({ host }) => host),
  );
  await it.start();
  await setUp(slack, forums);
  for (let round = 0; round < 10; round += 1) {
    for (const [index, place] of forums.entries()) place.say(`Sample ${round} of forum ${index}`);
    // The plug is pulled at another moment each time: after so many further calls to Slack.
    const calls = slack.calls.length;
    await slack.until('some calls were made', () => slack.calls.length > calls + round, PATIENCE);
    await it.end('SIGKILL');
    await it.start();
  }
  await slack.until('every complaint has a card', () => cards(slack).size === 100, PATIENCE);

  // Whoever touches a spare card makes it go.
  for (const [, stamps] of cards(slack)) {
    if (stamps.length === 1) continue;
    for (const ts of stamps) await slack.press('U1SAM', { message: ts }, 'Claim');
  }
  await slack.until(
    'each card stands once',
    () => [...cards(slack).values()].every((stamps) => stamps.length === 1),
    PATIENCE,
  );
  await it.end('SIGTERM');
  const db = await openDatabase(it.databaseUrl);
  t.after(() => db.destroy());
  assert.equal(await createStores(db).mentions.count(TEAM, {}), 100);
});
