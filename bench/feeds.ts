/**
 * The race on feeds: 1,000 feeds of 30 items each on loopback, polled by Earshot and by
 * `newsboat -x reload` with 8 threads, one after the other, against the same server in a process of
 * its own. Cold (nothing is known of any feed), and a second time when nothing has changed and every
 * answer is 304. newsboat reads and stores all posts; Earshot reads all, matches 1,000 keywords, and
 * judges, redacts and stores the posts that match, one of a feed. Earshot is a service that has been
 * running: it has read other feeds before.
 */
import { spawn, spawnSync, fork, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once, setMaxListeners } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { POLLS_AT_ONCE } from '../src/schedule.ts';
import { createHttp } from '../src/sources/http.ts';
import { processorSeconds, type Figure, type Section } from './figures.ts';
import { openPipeline } from './pipeline.ts';

const FEEDS = 1000;
const ITEMS = 30;
/** Feeds beside those of the race that Earshot reads before. */
const WARM_UP = 200;
const KEYWORDS = 1000;
/** Threads of newsboat. */
const THREADS = 8;
const RUNS = 3;

const ROUNDS = ['cold', 'unchanged'] as const;
type Round = (typeof ROUNDS)[number];

interface Lap {
  round: Round;
  seconds: number;
  /** Of this process, all its threads; null for another one. */
  processorSeconds: number | null;
  /** Answers that were a 304, as the server counts them. */
  notModified: number;
}

/** Runs the race, both sides in turns. */
export async function run(runs = RUNS): Promise<Section> {
  const server = await startServer(FEEDS + WARM_UP, ITEMS);
  const laps: { own: Lap[]; theirs: Lap[] } = { own: [], theirs: [] };
  const isPeerHere = spawnSync('newsboat', ['--version']).status === 0;
  try {
    for (let turn = 0; turn < runs; turn += 1) {
      laps.own.push(...(await raceEarshot(server)));
      if (isPeerHere) laps.theirs.push(...(await raceNewsboat(server)));
    }
  } finally {
    server.child.kill();
  }
  const megabytes = (server.megabytes * FEEDS) / (FEEDS + WARM_UP);
  return {
    title: 'Poll race: 1,000 feeds',
    about: `${FEEDS} feeds of ${ITEMS} items each (${megabytes.toFixed(0)} MB) on loopback. Earshot makes up to ${POLLS_AT_ONCE} polls at once, reads every post, matches ${KEYWORDS} keywords, and judges, redacts and stores what matches, one post of each feed; \`newsboat -x reload\` uses ${THREADS} threads and stores every post. Unchanged: a second time, every answer a 304.`,
    figures: ROUNDS.flatMap((round) => figuresOf(round, laps, isPeerHere)),
    notes: isPeerHere ? notesOn(laps.theirs) : ['newsboat did not take part: it is not installed'],
  };
}

/** A peer that asks for everything anew is no slower for a reason of the server's. */
function notesOn(theirs: readonly Lap[]): string[] {
  const version = /\d+(?:\.\d+)+/u.exec(
    spawnSync('newsboat', ['--version']).stdout.toString(),
  )?.[0];
  const times = theirs.filter(({ round }) => round === 'unchanged').map((lap) => lap.notModified);
  const counts = `newsboat ${version} was answered 304 ${Math.max(...times)} times of ${FEEDS}`;
  return [Math.max(...times) > 0 ? counts : `${counts}: it asks for everything again`];
}

function figuresOf(
  round: Round,
  laps: { own: readonly Lap[]; theirs: readonly Lap[] },
  isPeerHere: boolean,
): Figure[] {
  const [own, theirs] = [laps.own, laps.theirs].map((all) =>
    all.filter((lap) => lap.round === round),
  ) as [Lap[], Lap[]];
  const common = { what: `${round} round`, unit: 's', better: 'less' as const };
  const used = own.flatMap((lap) => lap.processorSeconds ?? []);
  return [
    { ...common, who: 'Earshot', runs: own.map(({ seconds }) => seconds) },
    ...(isPeerHere
      ? [{ ...common, who: 'newsboat', runs: theirs.map(({ seconds }) => seconds) }]
      : []),
    { ...common, what: `${round} round, processor time`, who: 'Earshot', runs: used },
  ];
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

async function raceEarshot(server: Server): Promise<Lap[]> {
  const places = Array.from({ length: FEEDS + WARM_UP }, (_, index) => addressOf(server, index));
  const http = createHttp({
    contact: null,
    version: '0',
    privateHosts: places.map(({ host }) => host),
  });
  const addresses = places.map(({ url }) => url);
  const pipeline = await openPipeline({
    ...{ keywords: KEYWORDS, wanted: ['"topic 7"'], addresses, http },
  });
  const { signal } = new AbortController();
  // All polls of the race listen to it; that many is no leak.
  setMaxListeners(0, signal);

  async function pollAll(urls: readonly string[]): Promise<number> {
    const waiting = [...urls];
    let posts = 0;
    await Promise.all(
      Array.from({ length: POLLS_AT_ONCE }, async () => {
        for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) {
          const heard = await pipeline.poll(url, signal);
          posts += heard;
        }
      }),
    );
    return posts;
  }

  async function lap(round: Round): Promise<Lap> {
    await server.notModified();
    const started = performance.now();
    let posts = 0;
    const used = await processorSeconds(async () => {
      posts = await pollAll(addresses.slice(0, FEEDS));
    });
    const seconds = (performance.now() - started) / 1000;
    const notModified = await server.notModified();
    const [news, same] = round === 'cold' ? [FEEDS * ITEMS, 0] : [0, FEEDS];
    if (posts !== news || notModified !== same) {
      throw new Error(`${round}: ${posts} posts, ${notModified} times 304`);
    }
    return { round, seconds, processorSeconds: used, notModified };
  }

  try {
    await pollAll(addresses.slice(FEEDS));
    const laps = [await lap('cold'), await lap('unchanged')];
    const stored = await pipeline.stored();
    if (stored !== FEEDS + WARM_UP) throw new Error(`${stored} mentions are stored`);
    return laps;
  } finally {
    await http.close();
    await pipeline.close();
  }
}

async function raceNewsboat(server: Server): Promise<Lap[]> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-race-'));
  const file = (name: string): string => join(folder, name);
  const urls = Array.from({ length: FEEDS }, (_, index) => addressOf(server, index).url);
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

  async function lap(round: Round): Promise<Lap> {
    await server.notModified();
    const started = performance.now();
    await newsboat('-x', 'reload');
    const seconds = (performance.now() - started) / 1000;
    const unread = /\d+/u.exec(await newsboat('-x', 'print-unread'))?.[0];
    if (Number(unread) !== FEEDS * ITEMS) throw new Error(`newsboat has ${unread} posts`);
    const notModified = await server.notModified();
    return { round, seconds, processorSeconds: null, notModified };
  }

  try {
    return [await lap('cold'), await lap('unchanged')];
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
    const headers = { ETag: etag, 'Last-Modified': 'Mon, 23 Nov 2026 09:00:00 GMT' };
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

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, feeds, items] = process.argv.slice(2);
  serve(Number(feeds), Number(items));
}
