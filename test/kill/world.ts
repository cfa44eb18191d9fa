import type { Knex } from 'knex';
import { openDatabase } from '../../src/store/db.ts';
import { createStores } from '../../src/store/index.ts';
import { migrateUp } from '../../src/store/migrate.ts';
import type { Stores } from '../../src/core/ports.ts';
import { NEW_RHYTHM } from '../../src/core/rhythm.ts';
import { CHANNEL, slackStandin, TEAM, type SlackStandin } from '../helpers/slack-standin.ts';
import { startWeb, type Web } from '../helpers/web.ts';

const COMPLAINT = 'Acme Broadband is down again, still waiting, nobody answers. Awful service.';
/** A feed shows its newest items; none may scroll out before it was heard. */
const SHOWN = 60;
const LONG_AGO = new Date('2000-01-01').toISOString();

/** One workspace with its Slack, its forums and its database, in which processes live and die. */
export interface World {
  slack: SlackStandin;
  db: Knex;
  stores: Stores;
  env: Record<string, string>;
  /** How many posts were put up since the sources were listened to. */
  said(): number;
  say(): void;
  /** Two people press Claim on the same card at the same moment. False: no card is open. */
  claim(): Promise<boolean>;
  /** Whoever has a claim logs an answer. False: nobody has one. */
  answer(): Promise<boolean>;
  /** A post is taken down at its forum, and the second look at it is due. False: there is none. */
  takeDown(): Promise<boolean>;
  /** A mention has been kept for long enough. False: there is none. */
  age(): Promise<boolean>;
  close(): Promise<void>;
}

export interface WorldOptions {
  databaseUrl: string;
  forums: number;
  /** Whether Earshot may read what it posted. */
  history: boolean;
}

export async function openWorld(options: WorldOptions): Promise<World> {
  const closing: (() => unknown)[] = [];
  const scope = { after: (close: () => unknown) => void closing.push(close) };
  const slack = await slackStandin(scope as Parameters<typeof slackStandin>[0]);
  if (options.history) slack.unknown.clear();
  const forums = await Promise.all(Array.from({ length: options.forums }, () => forum()));
  closing.push(...forums.map(({ web }) => web.close));
  const db = await openDatabase(options.databaseUrl);
  closing.push(() => db.destroy());
  await migrateUp(db);
  const stores = createStores(db);
  await furnish(stores, forums);
  let said = 0;

  /** The newest mention in one of these states that has a card, and that nothing waits for. */
  async function pick(statuses: readonly string[]): Promise<Picked | undefined> {
    return db('mentions')
      .whereIn('status', statuses)
      .whereNotNull('card_ts')
      .whereRaw('card_version >= version')
      .orderBy('id', 'desc')
      .first<Picked>('id', 'url', 'card_ts', 'claimed_by');
  }

  return {
    slack,
    db,
    stores,
    said: () => said,
    env: {
      SLACK_BOT_TOKEN: 'xoxb-test',
      SLACK_APP_TOKEN: 'xapp-test',
      SLACK_API_URL: slack.apiUrl,
      DATABASE_URL: options.databaseUrl,
      EARSHOT_CHANNEL: CHANNEL,
      EARSHOT_SECRET: 'only-for-this-test-only-for-this-test',
      EARSHOT_PRIVATE_HOSTS: forums.map(({ web }) => web.host).join(','),
      POLL_CRON: '* * * * * *',
      PORT: '0',
      LOG_LEVEL: 'fatal',
    },
    say() {
      forums[said % forums.length]!.say(`Sample ${said}`);
      said += 1;
    },
    async claim() {
      const mention = await pick(['open']);
      if (mention === undefined) return false;
      for (const user of ['U1SAM', 'U2KIM']) {
        // The plug may be pulled before this is acknowledged.
        slack.press(user, { message: mention.card_ts }, 'Claim').catch(() => undefined);
      }
      return true;
    },
    async answer() {
      const mention = await pick(['claimed']);
      if (mention === undefined) return false;
      void logAnswer(slack, mention).catch(() => undefined);
      return true;
    },
    async takeDown() {
      const mention = await pick(['open', 'claimed', 'answered']);
      if (mention === undefined) return false;
      const { origin, pathname } = new URL(mention.url);
      forums.find(({ web }) => web.url === origin)!.web.on(pathname, { status: 404 });
      const due = { sweep_at: LONG_AGO, gone_since: LONG_AGO };
      await db('mentions').where({ id: mention.id }).update(due);
      return true;
    },
    async age() {
      const mention = await pick(['open', 'claimed', 'answered']);
      if (mention === undefined) return false;
      await db('mentions').where({ id: mention.id }).update({ found_at: LONG_AGO });
      return true;
    },
    async close() {
      for (const close of closing.reverse()) await close();
    },
  };
}

interface Picked {
  id: string;
  url: string;
  card_ts: string;
  claimed_by: string;
}

async function logAnswer(slack: SlackStandin, mention: Picked): Promise<void> {
  const user = mention.claimed_by;
  slack.modals.delete(user);
  await slack.press(user, { message: mention.card_ts }, 'Log answer');
  await slack.until('the modal is open', () => slack.modals.has(user), 60);
  await slack.submit(user, { url: { type: 'url_text_input', value: `${mention.url}#reply` } });
}

/** A channel that takes all cards at once, one keyword, and forums that may be asked without a pause. */
async function furnish(stores: Stores, forums: readonly Forum[]): Promise<void> {
  const at = new Date();
  await stores.workspaces.save({ id: TEAM, name: 'Acme', botUserId: 'UBOT', createdAt: at });
  const many = { burstCards: 100_000, stormFrom: 100_000, digestTimes: [] };
  await stores.workspaces.changeSettings(TEAM, { channelId: CHANNEL, ...many });
  const by = { workspaceId: TEAM, createdBy: 'U3ALEX', createdAt: at };
  await stores.keywords.add({
    ...{ ...by, id: 'k1', query: '"acme broadband"', channelId: null, paused: false },
    ...{ postThreshold: 0.5, digestThreshold: 0.3 },
  });
  for (const [index, { web }] of forums.entries()) {
    await stores.sources.add({
      ...{ ...by, id: `s${index}`, kind: 'feed', address: `${web.url}/feed.xml` },
      ...{ label: `Forum ${index} (sample)`, intervalSeconds: 1, paused: false, cursor: null },
      ...{ nextPollAt: at, lastSuccessAt: null, failures: 0, failure: null, failingSince: null },
      ...{ gap: null, gapAt: null, rhythm: NEW_RHYTHM },
    });
  }
}

interface Forum {
  web: Web;
  say(title: string): void;
}

/** A made-up forum whose feed holds what was said there, and a page for each post. */
async function forum(): Promise<Forum> {
  const web = await startWeb();
  const items: string[] = [];
  let number = 0;
  web.on('/feed.xml', () => {
    // What was asked for is of no interest here, and a long run asks a lot.
    web.requests.length = 0;
    const shown = items.slice(0, SHOWN).join('');
    const body = `<rss version="2.0"><channel><title>Forum (sample)</title>${shown}</channel></rss>`;
    return { headers: { 'content-type': 'application/xml' }, body };
  });
  const it: Forum = {
    web,
    say(title) {
      const path = `/posts/${(number += 1)}`;
      web.on(path, { headers: { 'content-type': 'text/html' }, body: `<p>${title}</p>` });
      items.unshift(
        `<item><title>${title}</title><link>${web.url}${path}</link><guid>${web.host}-${number}</guid>` +
          `<pubDate>${new Date().toUTCString()}</pubDate><description>${COMPLAINT}</description></item>`,
      );
    },
  };
  it.say('Welcome (sample)');
  return it;
}
