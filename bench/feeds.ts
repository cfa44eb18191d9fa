/**
 * The race on feeds: 1,000 feeds of 30 items each on loopback, polled by Earshot and by
 * `newsboat -x reload` with 8 threads, one after the other, against the same server in a process of
 * its own. Cold (nothing is known of any feed), and a second time when nothing has changed and every
 * answer is 304. Earshot is a service that has been running: it has read other feeds before.
 *
 * `tsx bench/feeds.ts` runs it alone: fetching and reading without matching and storing.
 */
import { spawn, spawnSync, fork, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once, setMaxListeners } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Post } from '../src/core/post.ts';
import { createHttp } from '../src/sources/http.ts';
import { feed } from '../src/sources/feed.ts';

export interface RaceOptions {
  feeds?: number;
  items?: number;
  /** Polls under way at once; newsboat has as many threads. */
  atOnce?: number;
  /** What is done with the posts of one poll: match, judge, store. */
  pipeline?: (posts: readonly Post[]) => Promise<void>;
}

export interface RaceRow {
  who: string;
  round: 'cold' | 'unchanged';
  seconds: number;
  posts: number;
  /** Answers that were a 304, as the server counts them. */
  notModified: number;
}

export interface Race {
  feeds: number;
  megabytes: number;
  rows: RaceRow[];
  /** Why newsboat did not take part. */
  absent: string | null;
}

const THREADS = 8;
/** Feeds beside those of the race that Earshot reads before. */
const WARM_UP = 200;

/** Runs the race. Times are wall-clock seconds on this machine. */
export async function run(options: RaceOptions = {}): Promise<Race> {
  const { feeds = 1000, items = 30 } = options;
  const server = await startServer(feeds + WARM_UP, items);
  try {
    const rows = await raceEarshot(server, feeds, options);
    const { rows: theirs, absent } = await raceNewsboat(server, feeds);
    const megabytes = (server.megabytes * feeds) / (feeds + WARM_UP);
    return { feeds, megabytes, rows: [...rows, ...theirs], absent };
  } finally {
    server.child.kill();
  }
}

interface Server {
  child: ChildProcess;
  port: number;
  megabytes: number;
  /** Answers with 304 since the last call. */
  notModified(): Promise<number>;
}

async function startServer(feeds: number, items: number): Promise<Server> {
  const child = fork(fileURLToPath(import.meta.url), ['serve', String(feeds), String(items)], {
    execArgv: process.execArgv,
  });
  const [ready] = (await once(child, 'message')) as [{ port: number; megabytes: number }];
  return {
    child,
    ...ready,
    async notModified() {
      const answer = once(child, 'message') as Promise<[number]>;
      child.send('count');
      return (await answer)[0];
    },
  };
}

/** Every feed has a host of its own, since Earshot sends one request at a time to a host. */
function addressOf(server: Server, index: number): { host: string; url: string } {
  const host = `127.1.${index >> 8}.${index & 255}:${server.port}`;
  return { host, url: `http://${host}/${index}` };
}

async function raceEarshot(
  server: Server,
  feeds: number,
  { atOnce = THREADS, pipeline }: RaceOptions,
): Promise<RaceRow[]> {
  const addresses = Array.from({ length: feeds + WARM_UP }, (_, index) => addressOf(server, index));
  const http = createHttp({
    contact: null,
    version: '0',
    privateHosts: addresses.map(({ host }) => host),
  });
  const cursors = new Map<string, string>();
  const { signal } = new AbortController();
  // All requests of the race listen to it; that many is no leak.
  setMaxListeners(0, signal);

  async function pollOne(url: string): Promise<number> {
    const cursor = cursors.get(url) ?? null;
    const request = { http, settings: {}, now: new Date(), signal, address: url, cursor };
    const outcome = await feed.poll?.(request);
    if (outcome?.ok !== true) throw new Error(`${url}: ${outcome?.failure.cause}`);
    cursors.set(url, outcome.cursor);
    await pipeline?.(outcome.posts);
    return outcome.posts.length;
  }

  async function pollAll(places: typeof addresses): Promise<number> {
    const waiting = places.map(({ url }) => url);
    let posts = 0;
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) {
          const heard = await pollOne(url);
          posts += heard;
        }
      }),
    );
    return posts;
  }

  async function round(name: RaceRow['round']): Promise<RaceRow> {
    await server.notModified();
    const started = performance.now();
    const posts = await pollAll(addresses.slice(0, feeds));
    const seconds = (performance.now() - started) / 1000;
    const notModified = await server.notModified();
    return { who: 'Earshot', round: name, seconds, posts, notModified };
  }

  await pollAll(addresses.slice(feeds));
  const rows = [await round('cold'), await round('unchanged')];
  await http.close();
  return rows;
}

async function raceNewsboat(
  server: Server,
  feeds: number,
): Promise<{ rows: RaceRow[]; absent: string | null }> {
  if (spawnSync('newsboat', ['--version']).status !== 0) {
    return { rows: [], absent: 'newsboat is not installed' };
  }
  const folder = await mkdtemp(join(tmpdir(), 'earshot-race-'));
  const file = (name: string): string => join(folder, name);
  const urls = Array.from({ length: feeds }, (_, index) => addressOf(server, index).url);
  await writeFile(file('urls'), urls.join('\n'));
  await writeFile(file('config'), `reload-threads ${THREADS}\n`);
  const places = ['-u', file('urls'), '-C', file('config'), '-c', file('cache.db')];

  async function newsboat(...args: string[]): Promise<string> {
    const child = spawn('newsboat', [...places, ...args]);
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number];
    if (code !== 0) throw new Error(`newsboat ended with ${code}`);
    return output;
  }

  async function round(name: RaceRow['round']): Promise<RaceRow> {
    await server.notModified();
    const started = performance.now();
    await newsboat('-x', 'reload');
    const seconds = (performance.now() - started) / 1000;
    const unread = /\d+/u.exec(await newsboat('-x', 'print-unread'))?.[0];
    const notModified = await server.notModified();
    return { who: 'newsboat', round: name, seconds, posts: Number(unread ?? 0), notModified };
  }

  try {
    return { rows: [await round('cold'), await round('unchanged')], absent: null };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The server's process: made-up feeds with validators, from memory. */
function serve(feeds: number, items: number): void {
  const bodies = Array.from({ length: feeds }, (_, index) => Buffer.from(sampleFeed(index, items)));
  const etags = bodies.map((body) => `"${createHash('sha1').update(body).digest('hex')}"`);
  let notModified = 0;
  const server = createServer((request, response) => {
    const index = Number(request.url?.slice(1));
    const [body, etag] = [bodies[index], etags[index]];
    if (body === undefined || etag === undefined) return response.writeHead(404).end();
    const headers = { etag, 'last-modified': 'Mon, 23 Nov 2026 09:00:00 GMT' };
    if (request.headers['if-none-match'] === etag) {
      notModified += 1;
      return response.writeHead(304, headers).end();
    }
    return response.writeHead(200, { ...headers, 'content-type': 'application/rss+xml' }).end(body);
  });
  server.listen(0, '0.0.0.0', () => {
    const address = server.address();
    const bytes = bodies.reduce((sum, body) => sum + body.length, 0);
    process.send?.({
      port: typeof address === 'object' ? address?.port : 0,
      megabytes: bytes / 1e6,
    });
  });
  process.on('message', () => {
    process.send?.(notModified);
    notModified = 0;
  });
  process.on('disconnect', () => process.exit());
}

const SENTENCES = [
  'The engineer did not come again, and nobody answers the phone.',
  'Third outage this month, and the router blinks red all night.',
  'Acme Broadband raised the price and calls it an upgrade.',
  'To be fair, the new speed is fine &amp; the setup took ten minutes.',
  'Does anybody know whether the line in the north works again?',
  'They promised a refund in March; it is November, and I am still waiting.',
  'Support closed my ticket without a word.',
  'Switched the provider last week and have not looked back.',
];

function sampleFeed(index: number, items: number): string {
  const entries = Array.from({ length: items }, (_, number) => sampleItem(index, number));
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Sample forum ${index}</title><link>https://forum${index}.example/</link>
<description>Made-up posts for a race.</description>
${entries.join('\n')}
</channel></rss>`;
}

function sampleItem(index: number, number: number): string {
  const seed = index * 31 + number * 7;
  const text = [0, 1, 2, 3, 4].map((step) => SENTENCES[(seed + step * 3) % SENTENCES.length]);
  const at = new Date(Date.UTC(2026, 10, 23, 9) - number * 600_000).toUTCString();
  return `<item><title>Topic ${number} of forum ${index}</title>
<link>https://forum${index}.example/topic/${number}</link>
<guid isPermaLink="false">forum${index}-topic-${number}</guid>
<dc:creator>sample_user_${seed % 97}</dc:creator><pubDate>${at}</pubDate>
<description>&lt;p&gt;${text.join('&lt;/p&gt; &lt;p&gt;')}&lt;/p&gt;</description></item>`;
}

function print({ feeds, megabytes, rows, absent }: Race): void {
  console.log(`${feeds} feeds, ${megabytes.toFixed(1)} MB`);
  for (const { who, round, seconds, posts, notModified } of rows) {
    const counts = `${posts} posts, ${notModified} times 304`;
    console.log(
      `${who.padEnd(9)} ${round.padEnd(10)} ${seconds.toFixed(2).padStart(7)} s  ${counts}`,
    );
  }
  if (absent !== null) console.log(absent);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [mode, feeds, items] = process.argv.slice(2);
  if (mode === 'serve') serve(Number(feeds), Number(items));
  else print(await run());
}
