import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Knex } from 'knex';
import type { Settings, Stores } from '../../src/core/ports.ts';
import { openDatabase } from '../../src/store/db.ts';
import { createStores } from '../../src/store/index.ts';
import { outagePost } from './outage-posts.ts';
import { sampleSource } from './samples.ts';
import { startWeb } from './web.ts';

/** The local workspace in a process of its own, and a forum on loopback in which people complain. */
export interface Outage {
  /** The page of the local workspace. */
  url: string;
  workspaceId: string;
  stores: Stores;
  db: Knex;
  /** So many more of the samples appear in the forum, and are heard. */
  complain(count: number): Promise<void>;
  /** Posts of one's own, newest last. */
  say(...posts: { title: string; text: string; author: string }[]): Promise<void>;
  close(): Promise<void>;
}

const FORUM = 'Acme users forum (sample)';
const PATIENCE_MS = 60_000;

export async function startOutage(folder: string, settings: Partial<Settings>): Promise<Outage> {
  const web = await startWeb();
  const items: string[] = [item(web.url, 0, 'Welcome (sample)', 'The forum is open.', 'host')];
  const feed = () =>
    `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>${FORUM}</title>${items.join('')}</channel></rss>`;
  const headers = { 'content-type': 'application/xml' };
  web.on('/feed.xml', () => ({ headers, body: feed() }));
  web.on('/', { headers: { 'content-type': 'text/html' }, body: '<h1>A forum (sample)</h1>' });

  const databaseUrl = `sqlite:${join(folder, 'earshot.db')}`;
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli.ts', 'start'], {
    env: { PATH, HOME, PORT: '0', DATABASE_URL: databaseUrl, EARSHOT_PRIVATE_HOSTS: web.host },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  while (!/http:\/\/\S+/u.test(printed)) {
    const [chunk] = (await once(child.stdout!, 'data')) as [Buffer];
    printed += String(chunk);
  }

  const db = await openDatabase(databaseUrl);
  const stores = createStores(db);
  const [workspace] = await stores.workspaces.list();
  if (workspace === undefined) throw new Error('there is no workspace');
  const { id: workspaceId } = workspace;
  await stores.workspaces.changeSettings(workspaceId, settings);
  const address = `${web.url}/feed.xml`;
  const now = new Date();
  const source = sampleSource({
    ...{ id: 'outage', workspaceId, address, label: FORUM },
    ...{ nextPollAt: now, createdAt: now, intervalSeconds: 3600 },
  });
  await stores.sources.add(source);
  const cursor = async () => (await stores.sources.find(workspaceId, source.id))?.cursor ?? null;
  await waitUntil('the silent baseline', async () => (await cursor()) !== null);

  async function hear(posts: readonly { title: string; text: string; author: string }[]) {
    const before = await cursor();
    for (const { title, text, author } of posts) {
      items.unshift(item(web.url, items.length, title, text, author));
    }
    await stores.sources.change(workspaceId, source.id, { nextPollAt: new Date() });
    await waitUntil('the forum is heard', async () => (await cursor()) !== before);
  }

  let complaints = 0;
  return {
    url: /http:\/\/\S+/u.exec(printed)![0],
    ...{ workspaceId, stores, db },
    async complain(count) {
      const from = complaints;
      complaints += count;
      await hear(Array.from({ length: count }, (_, n) => outagePost(from + n)));
    },
    say: (...posts) => hear(posts),
    async close() {
      await db.destroy();
      const gone = once(child, 'exit');
      if (child.exitCode === null) {
        child.kill('SIGKILL');
        await gone;
      }
      await web.close();
    },
  };
}

/** Looks again until it holds; what is waited for happens in another process. */
export async function waitUntil(
  what: string,
  holds: () => Promise<boolean>,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  const end = Date.now() + patienceMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function item(url: string, number: number, title: string, text: string, author: string): string {
  const date = new Date().toUTCString();
  const heading = title === '' ? '' : `<title>${escaped(title)}</title>`;
  return `<item>${heading}<link>${url}/posts/${number}</link><guid>${url}-${number}</guid><dc:creator>${author}</dc:creator><pubDate>${date}</pubDate><description>${escaped(text)}</description></item>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
