import { hash } from 'node:crypto';
import type { Call, Failure, HttpAnswer, Validators } from '../../core/source.ts';
import type { FeedCursor } from './cursor.ts';
import type { ReadFeed } from './document.ts';
import type { Readers } from './readers.ts';

const ACCEPT =
  'application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.1';

export type Fetched =
  /** `body`: hash of the bytes. */
  | { ok: true; document: ReadFeed; answer: HttpAnswer; freshSeconds: number | null; body: string }
  /** The same as last time, by the server's word or by the bytes. */
  | { ok: true; document: null; movedTo: string | null; freshSeconds: number | null }
  /** `page`: what came instead, when it is a web page. */
  | { ok: false; failure: Failure; page: HttpAnswer | null };

/** Fetches a feed and reads it, unless it is what the cursor remembers. */
export async function fetchFeed(
  call: Call,
  readers: Readers,
  url: string,
  before: Pick<FeedCursor, 'validators' | 'body'> | null,
): Promise<Fetched> {
  const outcome = await call.http.get({
    url,
    headers: { accept: ACCEPT },
    signal: call.signal,
    ...(hasAny(before?.validators) ? { validators: before.validators } : {}),
  });
  if (!outcome.ok) return { ok: false, failure: outcome.failure, page: null };
  const { freshSeconds } = outcome;
  if (outcome.notModified) {
    return { ok: true, document: null, movedTo: outcome.movedTo, freshSeconds };
  }
  const { answer } = outcome;
  const body = hash('sha1', answer.body, 'base64url');
  if (body === before?.body) {
    return { ok: true, document: null, movedTo: answer.movedTo, freshSeconds };
  }
  const contentType = answer.headers['content-type'] ?? null;
  const document = await readers.read(answer.body, { url: answer.url, contentType });
  if (document.ok) return { ok: true, document, answer, freshSeconds, body };
  return { ok: false, failure: document.failure, page: document.isPage ? answer : null };
}

function hasAny(validators: Validators | undefined): validators is Validators {
  return validators?.etag !== undefined || validators?.lastModified !== undefined;
}
