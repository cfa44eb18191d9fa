import { createHash } from 'node:crypto';
import { startWeb, type Web } from '../helpers/web.ts';

const WINDOW = 30;
const TEXTS = [
  'Acme Broadband is down again, still waiting, nobody answers. Awful service.',
  'Third engineer visit cancelled by Acme Broadband, and the bill is wrong again. Never again.',
  'Does anybody know which router Acme Broadband sends these days?',
  'Moved to Acme Broadband last week, quick and painless so far.',
  'Our street fair was lovely, and the weather held until the evening.',
];

/** Feeds on loopback that grow as simulated time goes on, with validators. */
export interface Farm {
  web: Web;
  addresses: string[];
}

/** `hours`: between two posts of one feed. */
export async function startFarm(feeds: number, hours: number, clock: () => Date): Promise<Farm> {
  const web = await startWeb();
  const began = clock().getTime();
  const addresses = Array.from({ length: feeds }, (_, feed) => {
    web.on(`/feed/${feed}`, ({ headers }) => {
      const last = Math.floor((clock().getTime() - began) / (hours * 3_600_000)) + 3;
      const etag = `"${feed}-${last}"`;
      // What was asked is no part of what is measured.
      web.requests.length = 0;
      if (headers['if-none-match'] === etag) return { status: 304 };
      const items = Array.from({ length: Math.min(WINDOW, last) }, (_, index) =>
        item(feed, last - index, new Date(began + (last - index - 3) * hours * 3_600_000)),
      );
      const body = `<rss version="2.0"><channel><title>Forum ${feed}</title>${items.join('')}</channel></rss>`;
      return { headers: { etag }, body };
    });
    // The page of every post is there, for whoever looks whether it is.
    return `${web.url}/feed/${feed}`;
  });
  return { web, addresses };
}

/** Every post is its own, so that none is taken for another; all are samples. */
function item(feed: number, number: number, at: Date): string {
  const mark = createHash('sha1').update(`${feed} ${number}`).digest('hex');
  const text = `${TEXTS[number % TEXTS.length]} Sample ${mark}.`;
  return `<item><guid isPermaLink="false">${mark}</guid><author>sample_user_${number % 50}</author><title>Sample ${number}</title><description>${text}</description><pubDate>${at.toUTCString()}</pubDate></item>`;
}
