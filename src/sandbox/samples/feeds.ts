/** The sample places as real feeds: RSS 2.0, Atom, RSS 1.0. */
import type { DatedPost, Reply } from './board.ts';
import type { Place } from './posts.ts';

export function escapeMarkup(text: string): string {
  return text.replace(
    /[&<>"']/g,
    (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign]!,
  );
}

/** The feed's document and its content type. `base` is the address of the local workspace. */
export function feedOf(
  place: Place,
  posts: readonly DatedPost[],
  base: string,
): { type: string; body: string } {
  switch (place.kind) {
    case 'rss':
      return { type: 'application/rss+xml; charset=utf-8', body: rss(place, posts, base) };
    case 'atom':
      return { type: 'application/atom+xml; charset=utf-8', body: atom(place, posts, base) };
    case 'rdf':
      return { type: 'application/rdf+xml; charset=utf-8', body: rdf(place, posts, base) };
  }
}

const e = escapeMarkup;
const DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n';
const link = (base: string, post: DatedPost): string => `${base}/samples/posts/${post.id}`;
/** Feeds carry markup, so that a reader has something to take away: a text becomes a paragraph. */
const html = (text: string): string => e(`<p>${e(text)}</p>`);

/** The replies to a post, so that a reader can see that it was answered. */
export function repliesFeed(post: DatedPost, replies: readonly Reply[], base: string): string {
  const address = link(base, post);
  const items = replies.map(
    (reply) => `    <item>
      <title>${e(`Reply ${reply.number}`)}</title>
      <link>${address}#reply-${reply.number}</link>
      <guid isPermaLink="true">${address}#reply-${reply.number}</guid>
      <dc:creator>${e(reply.author)}</dc:creator>
      <pubDate>${new Date(reply.publishedAt).toUTCString()}</pubDate>
      <description>${html(reply.text)}</description>
    </item>
`,
  );
  return `${DECLARATION}<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel>
    <title>Replies (sample)</title>
    <link>${address}</link>
    <description>What was answered there.</description>
${items.join('')}  </channel>
</rss>
`;
}

function rss(place: Place, posts: readonly DatedPost[], base: string): string {
  const items = posts.map(
    (post) => `    <item>
      <title>${e(post.title)}</title>
      <link>${link(base, post)}</link>
      <guid isPermaLink="false">sample:${post.id}</guid>
      <dc:creator>${e(post.author)}</dc:creator>
      <pubDate>${new Date(post.publishedAt).toUTCString()}</pubDate>
      <description>${html(post.text)}</description>
      <wfw:commentRss>${link(base, post)}/replies.rss</wfw:commentRss>
    </item>
`,
  );
  return `${DECLARATION}<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wfw="http://wellformedweb.org/CommentAPI/">
  <channel>
    <title>${e(place.title)}</title>
    <link>${base}/samples/${place.id}</link>
    <description>${e(place.about)}</description>
    <language>en</language>
${items.join('')}  </channel>
</rss>
`;
}

function atom(place: Place, posts: readonly DatedPost[], base: string): string {
  const entries = posts.map(
    (post) => `  <entry>
    <id>tag:sample,2026:${post.id}</id>
    <title>${e(post.title || `${post.text.slice(0, 60)}…`)}</title>
    <link rel="alternate" href="${link(base, post)}"/>
    <link rel="replies" type="application/rss+xml" href="${link(base, post)}/replies.rss"/>
    <author><name>${e(post.author)}</name></author>
    <published>${post.publishedAt}</published>
    <updated>${post.publishedAt}</updated>
    <content type="html">${html(post.text)}</content>
  </entry>
`,
  );
  return `${DECLARATION}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
  <id>tag:sample,2026:${place.id}</id>
  <title>${e(place.title)}</title>
  <subtitle>${e(place.about)}</subtitle>
  <link rel="alternate" href="${base}/samples/${place.id}"/>
  <link rel="self" href="${base}${place.feed}"/>
  <updated>${posts[0]?.publishedAt ?? '2026-01-01T00:00:00.000Z'}</updated>
${entries.join('')}</feed>
`;
}

function rdf(place: Place, posts: readonly DatedPost[], base: string): string {
  const order = posts.map((post) => `        <rdf:li rdf:resource="${link(base, post)}"/>\n`);
  const items = posts.map(
    (post) => `  <item rdf:about="${link(base, post)}">
    <title>${e(post.title)}</title>
    <link>${link(base, post)}</link>
    <dc:creator>${e(post.author)}</dc:creator>
    <dc:date>${post.publishedAt}</dc:date>
    <description>${e(post.text)}</description>
  </item>
`,
  );
  return `${DECLARATION}<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel rdf:about="${base}${place.feed}">
    <title>${e(place.title)}</title>
    <link>${base}/samples/${place.id}</link>
    <description>${e(place.about)}</description>
    <items>
      <rdf:Seq>
${order.join('')}      </rdf:Seq>
    </items>
  </channel>
${items.join('')}</rdf:RDF>
`;
}
