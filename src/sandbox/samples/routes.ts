/** Serves the sample places: feeds, readable pages, replies. */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JsonObject } from '../check/shape.ts';
import type { Route } from '../gateway.ts';
import { readFields, redirect, send, sendJson } from '../http.ts';
import type { Board } from './board.ts';
import { feedOf, repliesFeed } from './feeds.ts';
import { BRAND_HANDLE, placePage, postPage, removedPage } from './pages.ts';
import { PLACES } from './posts.ts';

const HTML = 'text/html; charset=utf-8';

/** `base` is the address of the local workspace. */
export function createSampleRoutes(board: Board, base: string): Route {
  return async function serve(request, response, url) {
    const [, root, ...path] = url.pathname.split('/');
    if (root !== 'samples') return false;
    const name = path.join('/');
    if (request.method === 'POST') return write(request, response, url, path);
    if (request.method !== 'GET' && request.method !== 'HEAD') return false;
    if (name === '') {
      redirect(response, '/samples/forum');
      return true;
    }
    const feed = PLACES.find((place) => place.feed === url.pathname);
    if (feed) {
      const { type, body } = feedOf(feed, board.posts(feed.id, true), base);
      sendFeed(request, response, type, body);
      return true;
    }
    const place = PLACES.find(({ id }) => id === name);
    if (place) {
      send(response, 200, HTML, placePage(place, board.posts(place.id)));
      return true;
    }
    const [folder, id, file] = path;
    if (folder !== 'posts' || !id || path.length > 3) return false;
    return read(response, id, file);
  };

  function read(response: ServerResponse, id: string, file: string | undefined): boolean {
    if (board.wasRemoved(id)) {
      send(response, 410, HTML, removedPage());
      return true;
    }
    const post = board.find(id);
    if (!post) return false;
    const replies = board.replies(id);
    if (file === undefined) {
      send(response, 200, HTML, postPage(post, replies, base));
      return true;
    }
    if (file === 'replies.rss') {
      send(response, 200, 'application/rss+xml; charset=utf-8', repliesFeed(post, replies, base));
      return true;
    }
    if (file !== 'replies.json') return false;
    const address = `${base}/samples/posts/${id}`;
    sendJson(response, {
      sample: true,
      post: { ...post, url: address },
      replies: replies.map(({ postId: _, number, ...reply }) => ({
        id: `reply-${number}`,
        url: `${address}#reply-${number}`,
        ...reply,
      })),
    });
    return true;
  }

  async function write(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
    path: string[],
  ): Promise<boolean> {
    const [first, id, verb] = path;
    const place = path.length === 1 && PLACES.find((entry) => entry.id === first);
    const post = first === 'posts' && id ? board.find(id) : undefined;
    if (!place && !(post && path.length === 3)) return false;
    const fields = await readFields(request, url);
    const text = field(fields, 'text', 2000);
    if (place) {
      if (!text) return refuse(response);
      const author = field(fields, 'author', 60) || 'sample_user_60';
      const written = board.write(place.id, { author, title: field(fields, 'title', 150), text });
      redirect(response, `/samples/posts/${written.id}`);
    } else if (post && verb === 'replies') {
      if (!text) return refuse(response);
      const official = fields['as'] === 'brand';
      const author = official ? BRAND_HANDLE : 'sample_user_61';
      const { number } = board.reply(post.id, { author, official, text });
      redirect(response, `/samples/posts/${post.id}#reply-${number}`);
    } else if (post && verb === 'remove') {
      board.remove(post.id);
      redirect(response, `/samples/${post.place}`);
    } else return false;
    return true;
  }
}

function refuse(response: ServerResponse): boolean {
  send(response, 400, 'text/plain', 'Write something first.\n');
  return true;
}

function field(fields: JsonObject, name: string, limit: number): string {
  const value = fields[name];
  return typeof value === 'string' ? value.trim().slice(0, limit) : '';
}

/** With an ETag, so that a polite reader that has it already gets 304. */
function sendFeed(
  request: IncomingMessage,
  response: ServerResponse,
  type: string,
  body: string,
): void {
  const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 20)}"`;
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304, { etag });
    response.end();
    return;
  }
  send(response, 200, type, body, { etag });
}
