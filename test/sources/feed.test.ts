import { createHash } from 'node:crypto';
import { feed } from '../../src/sources/feed.ts';
import type { Web } from '../helpers/web.ts';
import { sourceContract, type Sample, type SourceCase } from './contract.ts';

const WINDOW = 10;
const BROKEN = `
  <item><title>Half <b>a title</title><pubDate>the day before</pubDate><link>javascript:alert(1)</link></item>
  <item></item>
  <item><guid isPermaLink="maybe">&nosuch;</guid><description>1 < 2 & 3 > 2</description></item>`;

function item({ number, text, at }: Sample): string {
  return `<item>
    <guid isPermaLink="false">forum-${number}</guid><link>https://forum.example/t/${number}</link>
    <description>${text}</description><pubDate>${at.toUTCString()}</pubDate>
  </item>`;
}

/** A feed as a sliding window: the newest ten items, newest first, with an ETag. */
function feedCase(web: Web): SourceCase {
  return {
    source: feed,
    address: `${web.url}/feed`,
    pageSize: WINDOW,
    hasValidators: true,
    show(samples, broken = false) {
      const items = samples.slice(-WINDOW).reverse().map(item);
      if (broken) items.splice(1, 0, BROKEN);
      const body = `<rss version="2.0"><channel><title>Forum</title>${items.join('')}</channel></rss>`;
      const etag = `"${createHash('sha1').update(body).digest('hex')}"`;
      web.on('/feed', ({ headers }) =>
        headers['if-none-match'] === etag ? { status: 304 } : { headers: { etag }, body },
      );
    },
  };
}

sourceContract('a feed', feedCase);
