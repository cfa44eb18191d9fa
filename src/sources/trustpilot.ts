import type {
  Address,
  Call,
  Existence,
  ExistsRequest,
  Failure,
  LookUpRequest,
  PollOutcome,
  PollRequest,
  RepliesOutcome,
  RepliesRequest,
  Source,
} from '../core/source.ts';
import type { Post } from '../core/post.ts';
import { askOneByOne, existenceOfRefusal } from './existence.ts';
import { tidyText } from './feed/markup.ts';
import { heard, readable } from './heard.ts';
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
import { limited } from './limits.ts';
import { missing, notAccepted } from './token.ts';
import { readMark, walkBack } from './walk-back.ts';

const API = 'https://api.trustpilot.com';
const SITE = 'https://www.trustpilot.com';
const PAGE_SIZE = 100;
const MOST_PAGES = 20;
/** Milliseconds that every poll reads again. */
const OVERLAP = 24 * 3_600_000;

/** The public reviews of a company; nothing of what only its own account may see. */
export const trustpilot: Source = {
  kind: 'trustpilot',
  name: 'Trustpilot',
  hears: 'New public reviews of a company, and edits of the last day’s.',
  cannotHear: 'Reviews of products, and what reviewers tell the company only.',
  rules: {
    consent: ['reviews that were taken down'],
    keepDays: null,
    sweepHours: 24,
    sweepBatch: 20,
    answering: [
      'Answer under the review with the company’s business account.',
      'Offer nothing in return for a change of the review.',
    ],
    replyLimit: null,
  },
  politeness: { intervalSeconds: 900, minimumSeconds: 300 },
  needs: {
    settings: ['TRUSTPILOT_API_KEY'],
    how: 'An API key belongs to a Trustpilot business account whose paid plan includes the API ("Connect"); make it there under "Integrations".',
  },
  recognise,
  poll,
  exists,
  replies,
  lookUp,
};

/** A company’s page in any language, or `trustpilot:acme.example`. */
function recognise(input: string): Address | null {
  const company = companyOf(input.trim());
  if (company === null) return null;
  return { address: `${SITE}/review/${company}`, label: `Trustpilot, reviews of ${company}` };
}

function companyOf(typed: string): string | null {
  const name = /^(?:[\p{L}\p{N}-]+\.)+[\p{L}\p{N}-]{2,}$/u;
  const short = /^trustpilot:(?!\/\/)(\S+)$/iu.exec(typed)?.[1]?.toLowerCase();
  if (short !== undefined) return name.test(short) ? short : null;
  const path = trustpilotPath(/^https?:\/\//iu.test(typed) ? typed : `https://${typed}`);
  const company = /^\/(?:review|evaluate)\/([^/]+)/u.exec(path ?? '')?.[1]?.toLowerCase();
  return company !== undefined && name.test(company) ? company : null;
}

function trustpilotPath(address: string): string | null {
  const url = webUrl(address);
  if (url === null) return null;
  const { hostname, pathname } = new URL(url);
  return /^(?:[a-z]{2,3}(?:-[a-z]{2})?\.)?trustpilot\.com$/u.test(hostname) ? pathname : null;
}

async function poll(request: PollRequest): Promise<PollOutcome> {
  const company = companyOf(request.address);
  if (company === null) return { ok: false, failure: unexpected('a company in the address') };
  const cursor = readCursor(request.cursor);
  const unit = await unitOf(request, company, string(cursor['unit']));
  if (!unit.ok) return unit;
  const walked = await walkBack<Fields>({
    mark: readMark(cursor['reviews']),
    read: (page) => readPage(request, unit.id, Number(page ?? 1)),
    timeOf: (review) => instant(review['createdAt'])?.getTime() ?? null,
    overlap: OVERLAP,
    maxPages: MOST_PAGES,
    now: request.now,
  });
  if (!walked.ok) return walked;
  return heard({
    ...readPosts(walked.items, toPost),
    before: cursor,
    cursor: { unit: unit.id, reviews: walked.mark },
    waitSeconds: walked.waitSeconds,
    gap: walked.gap,
  });
}

/** Companies are named by their website, and asked for by an id that is looked up once. */
async function unitOf(
  request: PollRequest,
  company: string,
  known: string | null,
): Promise<{ ok: true; id: string } | { ok: false; failure: Failure }> {
  if (known !== null) return { ok: true, id: known };
  const outcome = await ask(
    request,
    `business-units/find?${new URLSearchParams({ name: company })}`,
  );
  if (!outcome.ok) {
    if (outcome.status !== 404) return { ok: false, failure: outcome.failure };
    const message = 'is no company that Trustpilot knows; check the address';
    return { ok: false, failure: { kind: 'rejected', cause: 'HTTP 404', message } };
  }
  const id = string(outcome.notModified ? null : fields(outcome.value)['id']);
  return id === null ? { ok: false, failure: unexpected('a business unit') } : { ok: true, id };
}

async function readPage(request: PollRequest, unit: string, page: number) {
  const query = new URLSearchParams({
    orderBy: 'createdat.desc',
    perPage: String(PAGE_SIZE),
    page: String(page),
  });
  const path = `business-units/${encodeURIComponent(unit)}/reviews?${query}`;
  const outcome = await ask(request, path);
  if (!outcome.ok) return { ok: false as const, failure: outcome.failure };
  const items = outcome.notModified ? null : list(fields(outcome.value)['reviews']);
  if (items === null) return { ok: false as const, failure: unexpected('reviews') };
  const next = items.length >= PAGE_SIZE ? String(page + 1) : null;
  return { ok: true as const, items: items.map(fields), next };
}

/** The key goes into a header: addresses end up in logs. */
async function ask(call: Call, path: string): Promise<JsonOutcome> {
  const apikey = call.settings['TRUSTPILOT_API_KEY'];
  if (!apikey) return missing('TRUSTPILOT_API_KEY');
  const base = call.settings['TRUSTPILOT_API_URL'] ?? API;
  const outcome = await getJson(call, `${base}/v1/${path}`, { headers: { apikey } });
  return outcome.ok ? outcome : { ...outcome, failure: refusal(outcome) };
}

function refusal({ failure, status }: JsonOutcome & { ok: false }): Failure {
  if (failure.kind === 'rate-limited') return limited(failure, null);
  const isKey = status === 401 || status === 403;
  return isKey ? notAccepted('TRUSTPILOT_API_KEY', { status, value: null }) : failure;
}

/** Of the reviewer the name that stands over the review, and nothing else. */
function toPost(review: Fields): Read {
  const externalId = string(review['id']);
  const publishedAt = instant(review['createdAt']);
  const title = string(review['title']);
  const text = string(review['text']);
  if (externalId === null || publishedAt === null || (title ?? text) === null) return null;
  return {
    externalId,
    url: `${SITE}/reviews/${encodeURIComponent(externalId)}`,
    author: string(fields(review['consumer'])['displayName']),
    title: title === null ? null : tidyText(title),
    text: tidyText(text ?? ''),
    publishedAt,
    editedAt: instant(review['updatedAt']),
    language: string(review['language']),
  };
}

async function exists(request: ExistsRequest): Promise<Map<string, Existence>> {
  return askOneByOne(request, async ({ externalId }) => {
    const outcome = await ask(request, `reviews/${encodeURIComponent(externalId)}`);
    return outcome.ok ? 'there' : existenceOfRefusal(outcome);
  });
}

/** The company’s reply; there is nobody else who can give one. */
async function replies(request: RepliesRequest): Promise<RepliesOutcome> {
  const { externalId, url } = request.post;
  const outcome = await ask(request, `reviews/${encodeURIComponent(externalId)}`);
  if (!outcome.ok) return { ok: false, failure: outcome.failure };
  const reply = fields(outcome.notModified ? null : fields(outcome.value)['companyReply']);
  const text = string(reply['text']);
  if (text === null) return { ok: true, replies: [] };
  const publishedAt = instant(reply['createdAt']);
  const answer = { externalId: `${externalId}/reply`, url, author: 'Company', publishedAt };
  return { ok: true, replies: [{ ...answer, text: tidyText(text) }] };
}

async function lookUp(request: LookUpRequest): Promise<Post | null> {
  const id = /^\/reviews\/(\w+)\/?$/u.exec(trustpilotPath(request.url) ?? '')?.[1];
  if (id === undefined) return null;
  const outcome = await ask(request, `reviews/${id}`);
  return outcome.ok && !outcome.notModified ? readable(toPost(fields(outcome.value))) : null;
}
