import type {
  Address,
  Call,
  Existence,
  ExistsRequest,
  Failure,
  PollOutcome,
  PollRequest,
  RepliesOutcome,
  RepliesRequest,
  Source,
} from '../core/source.ts';
import { askOneByOne, existenceOfRefusal } from './existence.ts';
import { tidyText } from './feed/markup.ts';
import { heard } from './heard.ts';
import {
  fields,
  getJson,
  instant,
  list,
  readCursor,
  readPosts,
  string,
  unexpected,
  webUrl,
  type Fields,
  type JsonOutcome,
  type Read,
} from './json.ts';
import { limited, spread } from './limits.ts';
import { missing, notAccepted, readPrivateKey, signJwt } from './token.ts';
import { readMark, walkBack } from './walk-back.ts';

const API = 'https://api.appstoreconnect.apple.com';
const KEYS = 'APPSTORE_KEY_ID, APPSTORE_ISSUER_ID and APPSTORE_PRIVATE_KEY';
const PAGE_SIZE = 200;
const MOST_PAGES = 10;
/** Milliseconds that every poll reads again. */
const OVERLAP = 24 * 3_600_000;
/** Seconds that a token lives; Apple takes none of more than twenty minutes. */
const TOKEN_SECONDS = 15 * 60;

/** The reviews of one's own app in all storefronts, by App Store Connect. */
export const appStore: Source = {
  kind: 'appstore',
  name: 'App Store',
  hears: 'Reviews with a text of your own app, from all countries, and later versions of them.',
  cannotHear: 'Reviews of the apps of others, and stars without words.',
  rules: {
    consent: [],
    keepDays: null,
    sweepHours: 24,
    sweepBatch: 20,
    answering: [
      'Answer in App Store Connect; the reviewer is told, and the answer stands under the review.',
      'One answer a review: a second one replaces the first.',
    ],
    replyLimit: 5970,
  },
  politeness: { intervalSeconds: 900, minimumSeconds: 300 },
  needs: {
    settings: ['APPSTORE_KEY_ID', 'APPSTORE_ISSUER_ID', 'APPSTORE_PRIVATE_KEY'],
    how: 'In App Store Connect, under "Users and Access", "Integrations", make an API key with the role Customer Support, and copy its id, the issuer’s id and the .p8 file’s text. It comes with the developer account and costs nothing more.',
  },
  recognise,
  poll,
  exists,
  replies,
};

/** An app’s page in any storefront, or `appstore:123`. */
function recognise(input: string): Address | null {
  const id = appOf(input.trim());
  return id === null
    ? null
    : { address: `https://apps.apple.com/app/id${id}`, label: `App Store, reviews of app ${id}` };
}

function appOf(typed: string): string | null {
  const short = /^appstore:(?:id)?(\d{1,20})$/iu.exec(typed)?.[1];
  if (short !== undefined) return short;
  const url = webUrl(/^https?:\/\//iu.test(typed) ? typed : `https://${typed}`);
  if (url === null) return null;
  const { hostname, pathname } = new URL(url);
  if (hostname !== 'apps.apple.com' && hostname !== 'itunes.apple.com') return null;
  return /\/app\/(?:[^/]+\/)?id(\d{1,20})\/?$/u.exec(pathname)?.[1] ?? null;
}

async function poll(request: PollRequest): Promise<PollOutcome> {
  const app = appOf(request.address);
  if (app === null) return { ok: false, failure: unexpected('an app in the address') };
  const cursor = readCursor(request.cursor);
  let patience: number | null = null;
  const walked = await walkBack<Fields>({
    mark: readMark(cursor['reviews']),
    async read(page) {
      const query = new URLSearchParams({
        sort: '-createdDate',
        limit: String(PAGE_SIZE),
        ...(page === null ? {} : { cursor: page }),
      });
      const outcome = await ask(request, `/v1/apps/${app}/customerReviews?${query}`);
      if (!outcome.ok) {
        return { ok: false, failure: outcome.failure, isForgotten: outcome.status === 400 };
      }
      const answer = outcome.notModified ? {} : fields(outcome.value);
      const items = list(answer['data']);
      if (items === null) return { ok: false, failure: unexpected('reviews') };
      if (!outcome.notModified) patience = patienceOf(outcome.headers['x-rate-limit']);
      return { ok: true, items: items.map(fields), next: nextOf(answer) };
    },
    timeOf: ({ attributes }) => instant(fields(attributes)['createdDate'])?.getTime() ?? null,
    overlap: OVERLAP,
    maxPages: MOST_PAGES,
    now: request.now,
  });
  if (!walked.ok) return walked;
  return heard({
    ...readPosts(walked.items, (review) => toPost(review, app)),
    before: cursor,
    cursor: { reviews: walked.mark },
    waitSeconds: walked.waitSeconds ?? patience,
    gap: walked.gap,
  });
}

/** Of the next page's address only its cursor counts: the token goes nowhere but to our own. */
function nextOf(answer: Fields): string | null {
  const next = webUrl(fields(answer['links'])['next']);
  return next === null ? null : new URL(next).searchParams.get('cursor');
}

async function ask(call: Call, path: string): Promise<JsonOutcome> {
  const { settings, now } = call;
  const keyId = settings['APPSTORE_KEY_ID'];
  const iss = settings['APPSTORE_ISSUER_ID'];
  const written = settings['APPSTORE_PRIVATE_KEY'];
  if (!keyId || !iss || !written) return missing(KEYS);
  const key = readPrivateKey(written, 'ec');
  if (key === null) return { ...missing(KEYS), failure: NO_KEY };
  const iat = Math.floor(now.getTime() / 1000);
  const token = signJwt(key, keyId, {
    iss,
    iat,
    exp: iat + TOKEN_SECONDS,
    aud: 'appstoreconnect-v1',
  });
  const outcome = await getJson(call, `${settings['APPSTORE_API_URL'] ?? API}${path}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return outcome.ok ? outcome : { ...outcome, failure: refusal(outcome) };
}

const NO_KEY: Failure = {
  kind: 'rejected',
  cause: 'private key cannot be read',
  message: 'needs APPSTORE_PRIVATE_KEY to be the text of the .p8 file, its line ends as \\n',
};

function refusal({ failure, status }: JsonOutcome & { ok: false }): Failure {
  if (failure.kind === 'rate-limited') return limited(failure, null);
  if (status === 401) return notAccepted(KEYS, { status, value: null });
  if (status === 403 || status === 404) {
    const message = 'is no app that the API key may see; only your own app’s reviews can be read';
    return { kind: 'rejected', cause: `HTTP ${status}`, message };
  }
  return failure;
}

/** `user-hour-lim:3600;user-hour-rem:3545;`, counted over an hour that rolls. */
function patienceOf(header: string | undefined): number | null {
  const remaining = /user-hour-rem:(\d+)/u.exec(header ?? '')?.[1];
  return spread(remaining === undefined ? null : Number(remaining), 3600, 2);
}

function toPost(review: Fields, app: string): Read {
  const externalId = string(review['id']);
  const { title, body, reviewerNickname, createdDate } = fields(review['attributes']);
  const publishedAt = instant(createdDate);
  const text = string(body);
  const heading = string(title);
  if (externalId === null || publishedAt === null || (text ?? heading) === null) return null;
  return {
    externalId,
    // A review has no page of its own; the fragment keeps them apart.
    url: `https://apps.apple.com/app/id${app}?see-all=reviews#review-${encodeURIComponent(externalId)}`,
    author: string(reviewerNickname),
    title: heading === null ? null : tidyText(heading),
    text: tidyText(text ?? ''),
    publishedAt,
    editedAt: null,
    language: null,
  };
}

async function exists(request: ExistsRequest): Promise<Map<string, Existence>> {
  return askOneByOne(request, async ({ externalId }) => {
    const outcome = await ask(request, reviewPath(externalId));
    return outcome.ok ? 'there' : existenceOfRefusal(outcome);
  });
}

function reviewPath(externalId: string): string {
  return `/v1/customerReviews/${encodeURIComponent(externalId)}`;
}

/** The developer’s response, once it is published; there is nobody else who can answer. */
async function replies(request: RepliesRequest): Promise<RepliesOutcome> {
  const { externalId, url } = request.post;
  const outcome = await ask(request, `${reviewPath(externalId)}?include=response`);
  if (!outcome.ok) return { ok: false, failure: outcome.failure };
  const included = outcome.notModified ? null : list(fields(outcome.value)['included']);
  const found = (included ?? [])
    .map(fields)
    .filter(({ type }) => type === 'customerReviewResponses');
  return {
    ok: true,
    replies: found.flatMap(({ id, attributes }) => {
      const { responseBody, lastModifiedDate, state } = fields(attributes);
      const text = string(responseBody);
      if (text === null || state === 'PENDING_PUBLISH') return [];
      const publishedAt = instant(lastModifiedDate);
      const responseId = string(id) ?? `${externalId}/response`;
      return [
        { externalId: responseId, url, author: 'Developer', text: tidyText(text), publishedAt },
      ];
    }),
  };
}
