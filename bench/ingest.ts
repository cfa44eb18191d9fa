/**
 * From the bytes of a feed to stored verdicts: read, match 1,000 keywords, judge, redact, store.
 * `npx tsx bench/ingest.ts`. Every post matches one keyword, which is the worst case: most posts in
 * real feeds match none and end after the matching.
 */
import { pathToFileURL } from 'node:url';
import { readFeed } from '../src/sources/feed.ts';
import { openPipeline } from './pipeline.ts';

export interface IngestRow {
  /** Of the posts, the share that a keyword matches. */
  matching: number;
  posts: number;
  /** Posts a second by the clock, and by processor time of all threads of this process. */
  perSecond: number;
  perCoreSecond: number;
}

const ITEMS = 100;
const FEEDS = 60;
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

export async function run(databaseUrl?: string): Promise<IngestRow[]> {
  const rows: IngestRow[] = [];
  for (const share of [1, 0.1]) {
    const options = { keywords: 1000, wanted: ['"acme broadband"'] };
    const pipeline = await openPipeline(databaseUrl ? { ...options, databaseUrl } : options);
    const take = async (bytes: Uint8Array) => {
      const read = await readFeed(bytes, { url: 'https://bench.example/', contentType: null });
      if (!read.ok) throw new Error('the bench cannot read its own feed');
      await pipeline.take(read.posts);
    };
    const feeds = Array.from({ length: FEEDS }, (_, number) => feedOf(number, share));
    // The first feeds warm up the reader, the model and the database.
    for (const bytes of feeds.slice(0, 10)) await take(bytes);
    const [cpu, started] = [process.cpuUsage(), performance.now()];
    for (const bytes of feeds.slice(10)) await take(bytes);
    const seconds = (performance.now() - started) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    const posts = ITEMS * (FEEDS - 10);
    rows.push({
      matching: share,
      posts,
      perSecond: posts / seconds,
      perCoreSecond: posts / ((user + system) / 1e6),
    });
    if ((await pipeline.stored()) !== ITEMS * FEEDS * share) throw new Error('posts were lost');
    await pipeline.close();
  }
  return rows;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.table(await run());
