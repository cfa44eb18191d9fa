/** A run with canaries in every secret, and a search through all that came out of it. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { freePort } from './helpers/free-port.ts';
import { VARIABLES } from '../src/variables.ts';
import { CHANNEL, slackStandin } from './helpers/slack-standin.ts';
import { temporaryFolder } from './helpers/stores.ts';
import { startWeb } from './helpers/web.ts';

const PATIENCE = 60;
/** Where these are set, Slack is spoken to in another way. */
const OTHER_MODES = ['SLACK_SIGNING_SECRET', 'SLACK_CLIENT_SECRET', 'DATABASE_URL'];

/** A value for each secret that stands nowhere else. */
function canaries(): Record<string, string> {
  const secrets = VARIABLES.filter(({ secret, name }) => secret && !OTHER_MODES.includes(name));
  return {
    ...Object.fromEntries(
      secrets.map(({ name }) => [name, `canary-${name.toLowerCase()}-value-0123456789abcdef`]),
    ),
    SLACK_BOT_TOKEN: 'xoxb-canary-bot-token',
    SLACK_APP_TOKEN: 'xapp-canary-app-token',
  };
}

/** All that a process prints, until it ends. */
async function printed(t: TestContext, args: string[], env: NodeJS.ProcessEnv): Promise<string> {
  const { child, output } = run(t, ['src/cli.ts', ...args], env);
  await once(child, 'close');
  return output();
}

function run(t: TestContext, args: string[], env: NodeJS.ProcessEnv) {
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', ...args], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.after(() => child.kill('SIGKILL'));
  const chunks: Buffer[] = [];
  child.stdout!.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr!.on('data', (chunk: Buffer) => chunks.push(chunk));
  return { child, output: () => Buffer.concat(chunks).toString() };
}

test('no token, key, credential or word of anybody is in a log, a metric, an export, an answer or the database', async (t) => {
  const slack = await slackStandin(t);
  const web = await startWeb();
  t.after(() => web.close());
  const folder = temporaryFolder(t);
  const secrets = canaries();
  const port = await freePort();
  const env = {
    ...secrets,
    SLACK_API_URL: slack.apiUrl,
    EARSHOT_CHANNEL: CHANNEL,
    EARSHOT_PRIVATE_HOSTS: web.host,
    DATABASE_URL: `sqlite:${join(folder, 'earshot.db')}`,
    PORT: String(port),
    POLL_CRON: '* * * * * *',
    LOG_LEVEL: 'debug',
  };
  const items: string[] = [];
  const feed = () => ({
    headers: { 'content-type': 'application/xml' },
    body: `<rss version="2.0"><channel><title>Forum (sample)</title>${items.join('')}</channel></rss>`,
  });
  const item = (id: number, text: string) =>
    `<item><title>Sample</title><guid>g${id}</guid><link>${web.url}/posts/${id}</link><author>canary_author</author><pubDate>${new Date().toUTCString()}</pubDate><description>${text}</description></item>`;
  items.push(item(0, 'The forum is open.'));
  web.on('/feed.xml', feed);

  const { child, output } = run(t, ['test/helpers/earshot-process.ts'], env);
  await once(child.stdout!, 'data');
  const offers = (way: string) =>
    slack.ephemerals.filter(({ blocks }) => JSON.stringify(blocks).includes(`"${way}"`)).length;
  await slack.command('U3ALEX', `source add ${web.url}/feed.xml?key=canary-query-key`);
  await slack.until('the source is added', () => offers('Remove') > 0, PATIENCE);
  await slack.command('U3ALEX', 'watch "acme broadband" -jobs');
  await slack.until('the keyword is added', () => offers('Undo') > 0, PATIENCE);
  items.unshift(
    item(1, 'Acme Broadband is down again, canary-post-words, nobody answers. Awful service.'),
  );
  const cards = () =>
    [...slack.messages.values()].filter(({ blocks }) =>
      JSON.stringify(blocks).includes('canary-post-words'),
    );
  await slack.until('the card is there', () => cards().length > 0, 2 * PATIENCE);
  web.instead({ status: 500, body: 'canary-error-body' });
  await slack.press('U1SAM', { message: cards()[0]!.ts }, 'Claim');
  await slack.until(
    'the card is claimed',
    () => JSON.stringify(cards()).includes('"Release"'),
    PATIENCE,
  );
  slack.script('views.open', { error: 'invalid_auth' });
  await slack.press('U1SAM', { message: cards()[0]!.ts }, 'Log answer');
  await slack.until(
    'the failure is told',
    () => slack.ephemerals.some(({ text }) => text.includes('did not work')),
    PATIENCE,
  );

  const pages = await Promise.all(
    ['/metrics', '/healthz', '/nowhere'].map(async (path) =>
      (await fetch(`http://127.0.0.1:${port}${path}`)).text(),
    ),
  );
  assert.match(pages[0]!, /earshot_polls_total/u);
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
  const exports = await Promise.all(
    [['export', '--json'], ['export', '--csv'], ['doctor']].map((args) => printed(t, args, env)),
  );
  assert.match(exports[0]!, /"claimedBy":"U1SAM"/u);

  const logs = output();
  assert.match(
    logs,
    /Earshot has started[^]*could not be carried out/u,
    'there is something to search',
  );
  const people = ['canary-post-words', 'canary_author', 'canary-error-body'];
  const credentials = [...Object.values(secrets), 'canary-query-key'];
  const all: Record<string, string> = {
    logs,
    pages: pages.join('\n'),
    exports: exports.slice(0, 2).join('\n'),
    doctor: exports[2]!,
  };
  for (const [where, text] of Object.entries(all)) {
    const found = [...credentials, ...people].filter((canary) => text.includes(canary));
    assert.deepEqual(found, [], where);
  }
  for (const name of ['earshot.db', 'earshot.db-wal']) {
    const path = join(folder, name);
    const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
    const found = Object.values(secrets).filter((secret) => bytes.includes(secret));
    assert.deepEqual(found, [], name);
  }
  const answers = JSON.stringify([slack.ephemerals, [...slack.messages.values()]]);
  const told = Object.values(secrets).filter((secret) => answers.includes(secret));
  assert.deepEqual(told, [], 'what people are told');
});
