import type {
  Address,
  Call,
  Existence,
  ExistsRequest,
  Failure,
  Gap,
  PollOutcome,
  PollRequest,
  RepliesOutcome,
  RepliesRequest,
  Source,
} from '../core/source.ts';
import { askOneByOne, existenceOfRefusal } from './existence.ts';
import { tidyText } from './feed/markup.ts';
import { googleRefusal } from './google-errors.ts';
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
import { askWithToken, missing, readPrivateKey, signJwt } from './token.ts';
import { readMark, walkBack } from './walk-back.ts';

const API = 'https://androidpublisher.googleapis.com';
const TOKEN = 'https://oauth2.googleapis.com/token';
const SCOPE = 'https://www.googleapis.com/auth/androidpublisher';
const KEY = 'GOOGLE_PLAY_SERVICE_ACCOUNT';
const PAGE_SIZE = 100;
const MOST_PAGES = 20;
/** Milliseconds that every poll reads again. */
const OVERLAP = 6 * 3_600_000;
/** What Google shows. */
const WINDOW = 7 * 24 * 3_600_000;
const TOKEN_SECONDS = 3600;

/** The reviews of one’s own app, by the developer’s interface. */
export const googlePlay: Source = {
  kind: 'googleplay',
  name: 'Google Play',
  hears: 'Reviews with a text of your own app, and later versions of them.',
  cannotHear:
    'Reviews of the apps of others, stars without words, tests, and what is more than a week old.',
  rules: {
    consent: [],
    keepDays: null,
    sweepHours: 24,
    sweepBatch: 20,
    answering: [
      'Answer in the Play Console; the reviewer is told, and the answer stands under the review.',
      'Do not ask for a better rating in return for anything.',
    ],
    replyLimit: 350,
  },
  // Older papers speak of 200 requests an hour.
  politeness: { intervalSeconds: 1800, minimumSeconds: 300 },
  needs: {
    settings: [KEY],
    how: 'Make a service account in Google’s console, enable the "Google Play Android Developer API", let the account "Reply to reviews" in the Play Console, and set the text of its JSON key file. It comes with the developer account and costs nothing more.',
  },
  recognise,
  poll,
  exists,
  replies,
};

/** An app’s page, or `play:com.acme.app`. */
function recognise(input: string): Address | null {
  const app = appOf(input.trim());
  return app === null ? null : { address: pageOf(app), label: `Google Play, reviews of ${app}` };
}

function pageOf(app: string): string {
  return `https://play.google.com/store/apps/details?${new URLSearchParams({ id: app })}`;
}

function appOf(typed: string): string | null {
  const name = /^[a-z]\w*(?:\.[a-z]\w*)+$/iu;
  const short = /^(?:google)?play:([\w.]+)$/iu.exec(typed)?.[1];
  if (short !== undefined) return name.test(short) ? short : null;
  const given = typed.replace(
    /^market:\/\/details/iu,
    'https://play.google.com/store/apps/details',
  );
  const url = webUrl(/^https?:\/\//iu.test(given) ? given : `https://${given}`);
  if (url === null) return null;
  const { hostname, pathname, searchParams } = new URL(url);
  if (hostname !== 'play.google.com' || pathname !== '/store/apps/details') return null;
  const app = searchParams.get('id') ?? '';
  return name.test(app) ? app : null;
}

async function poll(request: PollRequest): Promise<PollOutcome> {
  const app = appOf(request.address);
  if (app === null) return { ok: false, failure: unexpected('an app in the address') };
  const cursor = readCursor(request.cursor);
  const walked = await walkBack<Fields>({
    mark: readMark(cursor['reviews']),
    async read(page) {
      const query = new URLSearchParams({
        maxResults: String(PAGE_SIZE),
        ...(page === null ? {} : { token: page }),
      });
      const outcome = await ask(request, `${app}/reviews?${query}`);
      if (!outcome.ok) {
        return { ok: false, failure: outcome.failure, isForgotten: outcome.status === 400 };
      }
      const answer = outcome.notModified ? {} : outcome.value;
      // Without any review the list is left out.
      const items = list(fields(answer)['reviews'] ?? []);
      if (items === null) return { ok: false, failure: unexpected('reviews') };
      const next = string(fields(fields(answer)['tokenPagination'])['nextPageToken']);
      return { ok: true, items: items.map(fields), next };
    },
    timeOf: (review) => instant(changeOf(commentOf(review)))?.getTime() ?? null,
    overlap: OVERLAP,
    maxPages: MOST_PAGES,
    now: request.now,
  });
  if (!walked.ok) return walked;
  return heard({
    ...readPosts(walked.items, (review) => toPost(review, app)),
    before: cursor,
    cursor: { reviews: walked.mark, polledAt: request.now },
    waitSeconds: walked.waitSeconds,
    gap: walked.gap ?? outOfSight(instant(cursor['polledAt']), request.now),
  });
}

/** Nobody looked for longer than Google shows. */
function outOfSight(polledAt: Date | null, now: Date): Gap | null {
  const horizon = new Date(now.getTime() - WINDOW);
  if (polledAt === null || polledAt >= horizon) return null;
  const reason =
    'Google shows the reviews of the last week only, and nothing was read for longer; the rest is in the monthly reports of the Play Console';
  return { from: polledAt, to: horizon, reason };
}

async function ask(call: Call, path: string): Promise<JsonOutcome> {
  const { settings } = call;
  const setting = settings[KEY];
  if (!setting) return missing(KEY);
  const account = readAccount(setting);
  if (account === null) return { ...missing(KEY), failure: NO_ACCOUNT };
  const url = settings['GOOGLE_TOKEN_URL'] ?? TOKEN;
  const base = settings['GOOGLE_PLAY_API_URL'] ?? API;
  const grant = {
    url,
    form: () => ({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: assertionOf(account, url, call.now),
    }),
    secret: setting,
    settings: KEY,
  };
  const outcome = await askWithToken(call, grant, (token) =>
    getJson(call, `${base}/androidpublisher/v3/applications/${path}`, {
      headers: { authorization: `Bearer ${token}` },
    }),
  );
  return outcome.ok ? outcome : { ...outcome, failure: refusal(outcome, call.now) };
}

type Account = {
  email: string;
  keyId: string | null;
  key: NonNullable<ReturnType<typeof readPrivateKey>>;
};

/** The JSON key file of a service account, as it is or in base64. */
function readAccount(setting: string): Account | null {
  const written = setting.trim();
  const text = written.startsWith('{') ? written : Buffer.from(written, 'base64').toString('utf8');
  const file = readCursor(text);
  const email = string(file['client_email']);
  const key = readPrivateKey(string(file['private_key']) ?? '', 'rsa');
  return email === null || key === null
    ? null
    : { email, key, keyId: string(file['private_key_id']) };
}

const NO_ACCOUNT: Failure = {
  kind: 'rejected',
  cause: 'service account cannot be read',
  message: `needs ${KEY} to be the whole text of the service account’s JSON key file`,
};

function assertionOf({ email, key, keyId }: Account, audience: string, now: Date): string {
  const iat = Math.floor(now.getTime() / 1000);
  return signJwt(key, keyId, {
    iss: email,
    scope: SCOPE,
    aud: audience,
    iat,
    exp: iat + TOKEN_SECONDS,
  });
}

function refusal(outcome: JsonOutcome & { ok: false }, now: Date): Failure {
  const failure = googleRefusal(outcome, now, KEY);
  const { status } = outcome;
  const isForeign = failure === outcome.failure && (status === 403 || status === 404);
  if (!isForeign) return failure;
  const message =
    'is no app whose reviews the service account may read; only your own app’s can be';
  return { kind: 'rejected', cause: `HTTP ${status}`, message };
}

/** What the reviewer says; the developer’s answer is another comment of the review. */
function commentOf(review: Fields): Fields {
  return partOf(review, 'userComment') ?? {};
}

function partOf(review: Fields, part: string): Fields | null {
  const found = (list(review['comments']) ?? []).map(fields).find((one) => part in one);
  return found === undefined ? null : fields(found[part]);
}

/** Seconds come as text here. */
function changeOf(comment: Fields): number | null {
  const seconds = Number(fields(comment['lastModified'])['seconds'] ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds : null;
}

function toPost(review: Fields, app: string): Read {
  const externalId = string(review['reviewId']);
  const comment = commentOf(review);
  const publishedAt = instant(changeOf(comment));
  const written = string(comment['text']);
  if (externalId === null || publishedAt === null || written === null) return null;
  // Older reviews have a title, with a tab after it.
  const [title, ...rest] = written.includes('\t') ? written.split('\t') : ['', written];
  return {
    externalId,
    url: `${pageOf(app)}&${new URLSearchParams({ reviewId: externalId })}`,
    author: string(review['authorName']),
    title: string(title) === null ? null : tidyText(title ?? ''),
    text: tidyText(rest.join(' ')),
    publishedAt,
    editedAt: null,
    language: string(comment['reviewerLanguage'])?.replace('_', '-') ?? null,
  };
}

async function exists(request: ExistsRequest): Promise<Map<string, Existence>> {
  const app = appOf(request.address);
  return askOneByOne(request, async ({ externalId }) => {
    if (app === null) return 'stop';
    const outcome = await ask(request, `${app}/reviews/${encodeURIComponent(externalId)}`);
    return outcome.ok ? 'there' : existenceOfRefusal(outcome);
  });
}

/** The developer’s answer; there is nobody else who can give one. */
async function replies(request: RepliesRequest): Promise<RepliesOutcome> {
  const { externalId, url } = request.post;
  const app = appOf(request.address);
  if (app === null) return { ok: false, failure: unexpected('an app in the address') };
  const outcome = await ask(request, `${app}/reviews/${encodeURIComponent(externalId)}`);
  if (!outcome.ok) return { ok: false, failure: outcome.failure };
  const answer = outcome.notModified ? null : partOf(fields(outcome.value), 'developerComment');
  const text = string(answer?.['text']);
  if (answer === null || text === null) return { ok: true, replies: [] };
  const publishedAt = instant(changeOf(answer));
  const reply = { externalId: `${externalId}/answer`, url, author: 'Developer', publishedAt };
  return { ok: true, replies: [{ ...reply, text: tidyText(text) }] };
}
