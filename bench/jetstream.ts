/**
 * Jetstream at full height: a host in a process of its own sends made-up posts at a steady rate, and
 * Earshot hears them in this one. Counted are the posts that are missing or come twice, and the
 * processor time of this process.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Post } from '../src/core/post.ts';
import type { Keyword } from '../src/core/ports.ts';
import { createMatching } from '../src/flows/hear/matching.ts';
import { createBluesky } from '../src/sources/bluesky.ts';
import { TIMINGS } from '../src/sources/bluesky/jetstream.ts';
import { createHttp } from '../src/sources/http.ts';
import { postFrame, startJetstream } from '../test/stand-ins/jetstream.ts';
import type { Section } from './figures.ts';

interface JetstreamResult {
  seconds: number;
  sent: number;
  heard: number;
  lost: number;
  doubled: number;
  /** Seconds of processor time for each second of the stream: 0.5 is half a core. */
  cores: number;
  batches: number;
}

const ROLE = 'jetstream-host';

const SECONDS = 60;
const RATE = 2000;
const KEYWORDS = 1000;

export async function run(): Promise<Section> {
  const find = createMatching();
  const keywords = Array.from({ length: KEYWORDS }, (_, index): Keyword => ({
    ...{ id: `k${index}`, workspaceId: 'T1', query: index === 0 ? 'acme' : `sampleword${index}` },
    ...{ channelId: null, postThreshold: 0.5, digestThreshold: 0.2, paused: false },
    ...{ createdBy: 'U1', createdAt: new Date() },
  }));
  const result = await listen({
    seconds: SECONDS,
    postsPerSecond: RATE,
    onPosts: (posts) => void find('bluesky', keywords, posts),
  });
  const count = (number: number) => number.toLocaleString('en');
  return {
    title: 'Jetstream at full height',
    about: `A host in a process of its own sends ${count(RATE)} made-up posts a second for ${SECONDS} seconds; Earshot reads them and matches ${count(KEYWORDS)} keywords.`,
    figures: [
      {
        ...{ what: 'processor time', who: 'Earshot', unit: 'of a core', better: 'less' },
        runs: [result.cores],
      },
    ],
    notes: [
      `${count(result.sent)} posts were sent, ${count(result.heard)} heard: ${result.lost} lost, ${result.doubled} doubled`,
    ],
  };
}

async function listen(
  options: {
    seconds?: number;
    postsPerSecond?: number;
    /** What is done with each batch, such as matching; counted into the processor time. */
    onPosts?: (posts: readonly Post[]) => void;
  } = {},
): Promise<JetstreamResult> {
  const { seconds = 60, postsPerSecond = 2000, onPosts = () => undefined } = options;
  const host = fork(fileURLToPath(import.meta.url), [ROLE, `${seconds}`, `${postsPerSecond}`], {
    execArgv: ['--import', 'tsx'],
  });
  const [address] = (await once(host, 'message')) as [{ url: string; host: string }];
  const http = createHttp({ contact: null, version: 'bench', privateHosts: [address.host] });
  const stop = new AbortController();
  let sent = Infinity;
  host.on('message', (message: { sent: number }) => (sent = message.sent));

  const heard = new Set<string>();
  let doubled = 0;
  let batches = 0;
  const started = performance.now();
  const before = process.cpuUsage();
  const stream = createBluesky(TIMINGS).listen?.({
    http,
    settings: { BLUESKY_JETSTREAM_URL: address.url },
    now: new Date(),
    clock: () => new Date(),
    signal: stop.signal,
    address: 'bluesky',
    cursor: null,
  });
  for await (const batch of stream ?? []) {
    if (!batch.ok) throw new Error(batch.failure.cause);
    onPosts(batch.posts);
    for (const { externalId } of batch.posts) {
      if (heard.has(externalId)) doubled += 1;
      heard.add(externalId);
    }
    batches += 1;
    if (heard.size >= sent || performance.now() - started > (seconds + 10) * 1000) break;
  }
  const used = process.cpuUsage(before);
  const elapsed = (performance.now() - started) / 1000;
  stop.abort();
  host.kill();
  await http.close();
  return {
    seconds: round(elapsed),
    sent,
    heard: heard.size,
    lost: sent - heard.size,
    doubled,
    cores: round((used.user + used.system) / 1e6 / elapsed),
    batches,
  };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** Posts of about the usual length, from many accounts, in portions every ten milliseconds. */
async function serve(seconds: number, postsPerSecond: number): Promise<void> {
  const jetstream = await startJetstream();
  process.send?.({ url: jetstream.url, host: jetstream.host });
  await jetstream.connected(1);
  const started = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    const due = Math.min((performance.now() - started) / 1000, seconds) * postsPerSecond;
    for (; sent < due; sent += 1) {
      const text = `Sample ${sent}: ${'the line is fine today, and so is the weather. '.repeat(3)}`;
      jetstream.emit({ ...postFrame(`k${sent}`, text), did: `did:plc:sample${sent % 5000}` });
    }
    jetstream.memory.length = 0;
    if (sent < seconds * postsPerSecond) return;
    clearInterval(timer);
    process.send?.({ sent });
    // The last post may have been heard before its number is known.
    setTimeout(
      () =>
        jetstream.emit({
          did: 'did:plc:end',
          kind: 'account',
          account: { active: false, status: 'deleted' },
        }),
      500,
    );
  }, 10);
}

if (process.argv[2] === ROLE) await serve(Number(process.argv[3]), Number(process.argv[4]));
