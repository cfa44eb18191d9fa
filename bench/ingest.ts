/**
 * From the bytes of a feed to stored verdicts: read, match 1,000 keywords, judge, redact, store.
 * `npm run bench -- ingest`. That every post matches a keyword is the worst case: most posts in real
 * feeds match none and end after the matching.
 */
import { readFeed } from '../src/sources/feed.ts';
import { launchPostgres } from '../test/helpers/postgres.ts';
import { processorSeconds, type Figure, type Section } from './figures.ts';
import { openPipeline } from './pipeline.ts';

const ITEMS = 100;
const FEEDS = 20;
/** The first feeds warm up the reader, the model and the database. */
const WARM_UP = 10;
const RUNS = 5;
const ADDRESSES = Array.from({ length: 100 }, (_, index) => `https://bench.example/${index}`);
const TEXT =
  'The router lost its line again this morning and the page with the status says that all is well. I have called twice, waited for forty minutes each time, and the line was cut both times. The engineer who should have come on Monday did not come, and nobody wrote or called to say so. ';

/** A made-up feed whose posts have about 700 bytes; `share` of them name the keyword. */
function feedOf(number: number, share: number): Uint8Array {
  const items = Array.from({ length: ITEMS }, (_, index) => {
    const named = index < ITEMS * share ? 'Acme Broadband' : 'My provider';
    const text = `${named}: ${TEXT}${TEXT.slice(0, 300)} Sample ${number}-${index}.`;
    return `<item><title>Sample ${number}-${index}</title><link>https://bench.example/${number}/${index}</link><guid>${number}-${index}</guid><pubDate>Tue, 24 Nov 2026 09:00:00 GMT</pubDate><description>${text}</description></item>`;
  });
  return new TextEncoder().encode(
    `<rss version="2.0"><channel><title>Bench</title>${items.join('')}</channel></rss>`,
  );
}

/** Posts a second of one core, by the processor time of all threads of this process. */
async function measure(database: string, share: number, databaseUrl?: string): Promise<Figure[]> {
  const pipeline = await openPipeline({
    ...{ keywords: 1000, wanted: ['"acme broadband"'], addresses: ADDRESSES },
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
  });
  let made = 0;
  const take = async (feeds: readonly Uint8Array[]) => {
    for (const bytes of feeds) {
      const read = await readFeed(bytes, { url: 'https://bench.example/', contentType: null });
      if (!read.ok) throw new Error('the bench cannot read its own feed');
      await pipeline.take(read.posts);
    }
  };
  const feeds = (count: number) => Array.from({ length: count }, () => feedOf((made += 1), share));
  const runs: { byCore: number; byClock: number }[] = [];
  await take(feeds(WARM_UP));
  for (let run = 0; run < RUNS; run += 1) {
    const bytes = feeds(FEEDS);
    const started = performance.now();
    const used = await processorSeconds(() => take(bytes));
    const seconds = (performance.now() - started) / 1000;
    runs.push({ byCore: (FEEDS * ITEMS) / used, byClock: (FEEDS * ITEMS) / seconds });
  }
  if ((await pipeline.stored()) !== made * ITEMS * share) throw new Error('posts were lost');
  await pipeline.close();
  const what = `${database}, ${share === 1 ? 'every post matches' : 'a tenth matches'}`;
  return [
    {
      ...{ what: `${what}, one core`, who: 'Earshot', unit: 'posts/s', better: 'more' },
      runs: runs.map(({ byCore }) => byCore),
    },
    {
      ...{ what: `${what}, by the clock`, who: 'Earshot', unit: 'posts/s', better: 'more' },
      runs: runs.map(({ byClock }) => byClock),
    },
  ];
}

export async function run(): Promise<Section> {
  const figures = [...(await measure('SQLite', 0.1)), ...(await measure('SQLite', 1))];
  const notes: string[] = [];
  try {
    const postgres = await launchPostgres();
    for (const share of [0.1, 1]) {
      figures.push(...(await measure('Postgres', share, await postgres.createDatabase())));
    }
    await postgres.end();
    notes.push('Postgres: the processor time of the server, another process, is not counted');
  } catch (error) {
    notes.push(`Postgres did not take part: ${(error as Error).message.trim().split('\n')[0]}`);
  }
  return {
    title: 'Ingest: from feed bytes to stored verdicts',
    about: `Posts of about 700 bytes, ${ITEMS} a feed, one feed after the other: read, matched with 1,000 keywords, judged, redacted, stored. "One core": posts for each second of processor time of all threads of the process.`,
    figures,
    notes,
  };
}
