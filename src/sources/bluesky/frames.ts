import type { Post } from '../../core/post.ts';
import { fields, instant, number, string, type Fields } from '../json.ts';
import { plain } from '../text.ts';

/** What a frame of Jetstream says, as far as it matters; `timeUs` in microseconds since 1970. */
export type StreamEvent =
  | { type: 'post'; timeUs: number; post: Post; version: string }
  | { type: 'deleted'; timeUs: number; id: string }
  /** An account that is deleted, taken down or closed: everything whose id starts so is gone. */
  | { type: 'account-gone'; timeUs: number; idPrefix: string }
  | { type: 'other'; timeUs: number };

const POSTS = 'app.bsky.feed.post';
/** The network's own limit is 3,000 bytes; what is longer is not a post. */
const LONGEST_POST = 3000;

/** Other states (throttled, out of step) are the servers' own trouble, and pass. */
const GONE: ReadonlySet<unknown> = new Set(['deleted', 'takendown', 'suspended', 'deactivated']);

/** Null for what is no frame of this stream. */
export function readFrame(text: string): StreamEvent | null {
  let frame: Fields;
  try {
    frame = fields(JSON.parse(text));
  } catch {
    return null;
  }
  const timeUs = number(frame['time_us']);
  const did = string(frame['did']);
  if (timeUs === null || !Number.isSafeInteger(timeUs) || timeUs < 1e15 || did === null)
    return null;
  if (frame['kind'] === 'commit') return readCommit(fields(frame['commit']), did, timeUs);
  const { active, status } = fields(frame['account']);
  if (frame['kind'] === 'account' && active === false && GONE.has(status)) {
    return { type: 'account-gone', timeUs, idPrefix: `at://${did}/` };
  }
  return { type: 'other', timeUs };
}

function readCommit(commit: Fields, did: string, timeUs: number): StreamEvent | null {
  const { collection, operation } = commit;
  const key = string(commit['rkey']);
  if (collection !== POSTS || key === null) return { type: 'other', timeUs };
  const id = `at://${did}/${POSTS}/${key}`;
  if (operation === 'delete') return { type: 'deleted', timeUs, id };
  const record = fields(commit['record']);
  const text = record['text'];
  if (typeof text !== 'string') return null;
  const heard = new Date(timeUs / 1000);
  const post: Post = {
    externalId: id,
    url: urlOf(did, key),
    author: did,
    title: null,
    text: plain(text.slice(0, LONGEST_POST)),
    publishedAt: earlier(instant(record['createdAt']), heard),
    editedAt: operation === 'update' ? heard : null,
    language: languageOf(record),
  };
  return { type: 'post', timeUs, post, version: `${id} ${string(commit['cid']) ?? timeUs}` };
}

/** Where a person reads a post of the network. `account` is a DID or a handle. */
export function urlOf(account: string, key: string): string {
  return `https://bsky.app/profile/${account}/post/${key}`;
}

export function languageOf(record: Fields): string | null {
  const { langs } = record;
  return Array.isArray(langs) ? string(langs[0]) : null;
}

/** `createdAt` is what the author's program claims: it may be old, but not of the future. */
function earlier(claimed: Date | null, heard: Date): Date {
  return claimed !== null && claimed < heard ? claimed : heard;
}
