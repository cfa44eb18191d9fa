import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { openDatabase } from '../../src/store/db.ts';
import { createStores } from '../../src/store/index.ts';
import { migrateUp } from '../../src/store/migrate.ts';
import { eventually } from '../helpers/eventually.ts';
import { launchPostgres } from '../helpers/postgres.ts';
import { sampleKeyword, sampleSource, sampleWorkspace } from '../helpers/samples.ts';
import { CHANNEL, slackStandin, TEAM, type SlackStandin } from '../helpers/slack-standin.ts';
import { temporaryFolder } from '../helpers/stores.ts';
import { startWeb } from '../helpers/web.ts';

const postgres = await launchPostgres().catch((error: Error) => {
  if (process.env.CI === 'true') throw error;
  return `Postgres does not start here: ${error.message.trim().split('\n')[0]}`;
});
const skip = typeof postgres === 'string' ? postgres : false;
/** Two servers, a process and its jobs start meanwhile, on a machine that may be busy. */
const PATIENCE = 120;

/** Ids of the mentions that have a card, one for each card that stands. */
function carded(slack: SlackStandin): string[] {
  return [...slack.messages.values()].flatMap(({ threadTs, metadata }) => {
    const id = /"mention_id":"([^"]+)"/u.exec(JSON.stringify(metadata))?.[1];
    return threadTs === null && id !== undefined ? [id] : [];
  });
}

test(
  'Postgres may restart under load: Earshot goes on by itself, and each card comes once',
  { skip },
  async (t) => {
    if (typeof postgres === 'string') return;
    t.after(() => postgres.end());
    const slack = await slackStandin(t);
    slack.unknown.clear();
    const web = await startWeb();
    t.after(() => web.close());
    const items: string[] = [];
    const complain = (count: number) => {
      for (let number = 0; number < count; number += 1) {
        const id = items.length;
        items.unshift(
          `<item><title>Sample ${id}</title><guid isPermaLink="false">${id}</guid><pubDate>${new Date().toUTCString()}</pubDate><description>Acme Broadband is down again, still waiting, nobody answers. Awful service.</description></item>`,
        );
      }
    };
    web.on('/feed.xml', () => ({
      body: `<rss version="2.0"><channel><title>Forum (sample)</title>${items.join('')}</channel></rss>`,
    }));

    const url = await postgres.createDatabase();
    const seeding = await openDatabase(url);
    await migrateUp(seeding);
    const stores = createStores(seeding);
    const createdAt = new Date();
    await stores.workspaces.save(sampleWorkspace({ id: TEAM }));
    await stores.workspaces.changeSettings(TEAM, { burstCards: 1000, stormFrom: 1000 });
    await stores.keywords.add(sampleKeyword({ workspaceId: TEAM, createdAt }));
    await stores.sources.add(
      sampleSource({
        ...{ workspaceId: TEAM, kind: 'feed', address: `${web.url}/feed.xml`, createdAt },
        intervalSeconds: 1,
      }),
    );
    const helper = new URL('../helpers/earshot-process.ts', import.meta.url).pathname;
    const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), helper], {
      cwd: temporaryFolder(t),
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        ...{ SLACK_BOT_TOKEN: 'xoxb-test', SLACK_APP_TOKEN: 'xapp-test', PORT: '0' },
        ...{ SLACK_API_URL: slack.apiUrl, EARSHOT_CHANNEL: CHANNEL, DATABASE_URL: url },
        ...{ EARSHOT_PRIVATE_HOSTS: web.host, POLL_CRON: '* * * * * *', LOG_LEVEL: 'warn' },
        EARSHOT_SECRET: 'a secret for tests, 32 characters long',
      },
    });
    t.after(() => child.kill('SIGKILL'));
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    await eventually('the feed was read once', async () => {
      assert.equal(child.exitCode, null, said);
      const [source] = await stores.sources.list(TEAM);
      return source?.lastSuccessAt != null;
    });
    await seeding.destroy();

    const all = (count: number) =>
      slack.until(`${count} have a card`, () => new Set(carded(slack)).size === count, PATIENCE);
    complain(5);
    await all(5);
    complain(10);
    // Some are being stored, posted and recorded at this moment.
    await slack.until('one more is posted', () => carded(slack).length > 5, PATIENCE);
    await postgres.restart();
    await all(15);
    complain(2);
    await all(17);
    assert.equal(carded(slack).length, 17, 'no card twice');
    assert.equal(child.exitCode, null, 'the process lives');
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    assert.deepEqual((await gone)[0], 0);
    // Whatever was said of it was said in words, and without what authors wrote.
    assert.doesNotMatch(said, /nobody answers/u);
  },
);
