/** The sample places as pages that a person can read and answer on. */
import type { DatedPost, Reply } from './board.ts';
import { escapeMarkup as e } from './feeds.ts';
import { PLACES } from './posts.ts';
import type { Place } from './posts.ts';

/** The handle that counts as the brand's own voice at every sample place. */
export const BRAND_HANDLE = 'acme_broadband_care';

export function placePage(place: Place, posts: readonly DatedPost[]): string {
  const items = posts.map(
    (post) => `<li>
      <a href="/samples/posts/${post.id}">${e(post.title || excerpt(post.text))}</a>
      <p class="quiet">${e(post.author)}, ${when(post.publishedAt)}</p>
    </li>`,
  );
  return layout(
    place.title,
    `<p>${e(place.about)} Its feed: <a href="${place.feed}">${e(place.feed)}</a></p>
    <details>
      <summary>Write a post here, as a customer would</summary>
      <form method="post" action="/samples/${place.id}">
        ${place.id === 'status' ? '' : field('title', 'Title', 'Still no connection')}
        <label>Text<textarea name="text" rows="3" required maxlength="2000">Acme Broadband </textarea></label>
        ${field('author', 'As', 'sample_user_60')}
        <button>Post it</button>
      </form>
    </details>
    <ul class="posts">${items.join('\n')}</ul>`,
  );
}

export function postPage(post: DatedPost, replies: readonly Reply[], base: string): string {
  const place = PLACES.find(({ id }) => id === post.place)!;
  const shown = replies.map(
    (reply) => `<li id="reply-${reply.number}" class="${reply.official ? 'official' : ''}">
      <p>${e(reply.text).replaceAll('\n', '<br>')}</p>
      <p class="quiet">${e(reply.author)}${reply.official ? ' (the brand)' : ''}, ${when(reply.publishedAt)}
      · <a href="#reply-${reply.number}">${base}/samples/posts/${post.id}#reply-${reply.number}</a></p>
    </li>`,
  );
  return layout(
    post.title || excerpt(post.text),
    `<p><a href="/samples/${place.id}">${e(place.title)}</a></p>
    <article>
      <p class="text">${e(post.text).replaceAll('\n', '<br>')}</p>
      <p class="quiet">${e(post.author)}, ${when(post.publishedAt)}</p>
    </article>
    <h2>${replies.length === 1 ? '1 reply' : `${replies.length} replies`}</h2>
    <ol class="posts">${shown.join('\n')}</ol>
    <form method="post" action="/samples/posts/${post.id}/replies">
      <label>Reply in public<textarea name="text" rows="3" required maxlength="2000"></textarea></label>
      <fieldset>
        <legend>As</legend>
        <label class="tick"><input type="radio" name="as" value="brand" checked> ${BRAND_HANDLE} (the brand)</label>
        <label class="tick"><input type="radio" name="as" value="customer"> sample_user_61 (another customer)</label>
      </fieldset>
      <button>Reply</button>
    </form>
    <form method="post" action="/samples/posts/${post.id}/remove" class="remove">
      <button class="plain">Delete this post, as its author would</button>
    </form>`,
  );
}

export function removedPage(): string {
  return layout('Deleted', '<p>The author has deleted this post.</p>');
}

function layout(title: string, content: string): string {
  const places = PLACES.map((place) => `<a href="/samples/${place.id}">${e(place.title)}</a>`);
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <title>${e(title)}</title>
    <link rel="icon" href="/page/earshot.svg">
    <link rel="stylesheet" href="/page/samples.css">
  </head>
  <body>
    <p class="banner" role="note">Sample: every post, person and company here is made up.</p>
    <nav aria-label="Sample places">${places.join(' · ')} · <a href="/">the workspace</a></nav>
    <main>
      <h1>${e(title)}</h1>
      ${content}
    </main>
  </body>
</html>
`;
}

function field(name: string, label: string, value: string): string {
  return `<label>${label}<input name="${name}" value="${value}" required maxlength="150"></label>`;
}

function excerpt(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function when(iso: string): string {
  return `<time datetime="${iso}">${iso.slice(0, 16).replace('T', ' ')} UTC</time>`;
}
