import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { postBody, type Post } from '../core/post.ts';
import type { Config } from '../config.ts';
import type { Http, SourceSettings } from '../core/source.ts';
import { openDoor } from '../base.ts';
import { readFeed } from '../sources/feed.ts';
import { sources } from '../sources/index.ts';
import { CommandError, message, result } from './io.ts';

interface PreviewDeps {
  http: Http;
  settings: SourceSettings;
}

type Heard = { ok: true; posts: Post[] } | { ok: false; why: string };

/**
 * `earshot preview PLACE...`: what Earshot would hear at each address or in each file. A place that
 * fails is told on stderr; the others are shown all the same.
 */
export async function preview(
  config: Config,
  places: readonly string[],
  options: { json?: boolean },
): Promise<void> {
  const http = openDoor(config);
  try {
    await previewAll({ http, settings: config.sources }, places, options);
  } finally {
    await http.close();
  }
}

async function previewAll(
  deps: PreviewDeps,
  places: readonly string[],
  options: { json?: boolean },
): Promise<void> {
  let failed = 0;
  for (const from of places) {
    const heard = await hear(deps, from);
    if (!heard.ok) {
      failed += 1;
      message(`${from}: ${heard.why}`);
      continue;
    }
    for (const post of heard.posts) await result(show(from, post, options.json === true));
  }
  if (failed > 0) throw new CommandError(`${failed} of ${places.length} could not be heard.`);
}

async function hear(deps: PreviewDeps, from: string): Promise<Heard> {
  const isFile = !/^[a-z][a-z0-9+.-]*:\/\//iu.test(from);
  const bytes = isFile ? await readFile(from).catch(() => null) : null;
  if (bytes !== null) {
    const document = await readFeed(bytes, { url: pathToFileURL(from).href, contentType: null });
    return document.ok
      ? { ok: true, posts: document.posts }
      : { ok: false, why: document.failure.message };
  }
  for (const source of sources) {
    const found = source.recognise(from);
    if (found === null || source.poll === undefined) continue;
    const polled = await source.poll({
      http: deps.http,
      settings: deps.settings,
      now: new Date(),
      signal: AbortSignal.timeout(30_000),
      address: found.address,
      cursor: null,
    });
    return polled.ok
      ? { ok: true, posts: polled.posts }
      : { ok: false, why: polled.failure.message };
  }
  return { ok: false, why: isFile ? 'no such file' : 'no address that Earshot knows' };
}

function show(from: string, post: Post, asJson: boolean): string {
  const { externalId, url, author, title, text, publishedAt, language } = post;
  if (asJson) {
    return JSON.stringify({ from, externalId, url, author, title, text, publishedAt, language });
  }
  const when = publishedAt?.toISOString().slice(0, 16).replace('T', ' ') ?? 'no date';
  const body = postBody(post).replace(/\s+/gu, ' ').slice(0, 160);
  return `${when}  ${author ?? 'no name'}  ${body}\n  ${url ?? externalId}`;
}
