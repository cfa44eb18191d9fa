import type { Clock, SourceRecord, Stores } from '../../core/ports.ts';
import { postBody, type Post, type Span } from '../../core/post.ts';
import { combine, type Node } from '../../core/query/ast.ts';
import {
  compileQueries,
  formatQuery,
  type MatchInput,
  type Query,
} from '../../core/query/index.ts';
import { redact } from '../../core/privacy/redact.ts';
import type { Http, Source, SourceSettings } from '../../core/source.ts';
import type { Verdict } from '../../core/verdict.ts';
import { rank, type Rank } from '../hear/detect.ts';
import { silencedPosts, type SilenceDeps } from '../forget/forget.ts';
import { judgeFor, type LearnedOf } from '../hear/learn.ts';
import { within } from '../hear/poll.ts';

export interface PreviewDeps extends SilenceDeps {
  stores: SilenceDeps['stores'] & Pick<Stores, 'sources' | 'workspaces'>;
  sources: readonly Source[];
  http: Http;
  sourceSettings: SourceSettings;
  clock: Clock;
  learned: LearnedOf;
  hearNow: HearNow;
}

/** What the sources say at this moment; held in memory for minutes, and never stored. */
export interface HeardNow {
  /** Sources that were asked, and that answered in time. */
  asked: number;
  answered: number;
  posts: { post: Post; kind: string; label: string }[];
}

export type HearNow = (
  deps: Omit<PreviewDeps, 'hearNow'>,
  workspaceId: string,
  /** Told how many sources are about to be asked; not called when the answer is at hand. */
  looking?: (sources: number) => Promise<unknown>,
) => Promise<HeardNow>;

const MOST_SOURCES = 12;
const SECONDS = 8;
/** Somebody who adjusts a query looks again and again; the places need not answer each time. */
const FRESH_MS = 2 * 60 * 1000;

/** Asks the sources what they say now, each once in a while however often a query is adjusted. */
export function createHearing(): HearNow {
  const last = new Map<string, { at: number; heard: HeardNow }>();
  return async (deps, workspaceId, looking) => {
    const now = deps.clock().getTime();
    for (const [id, { at }] of last) if (now - at > FRESH_MS) last.delete(id);
    const known = last.get(workspaceId);
    if (known !== undefined) return known.heard;
    const records = await toAsk(deps, workspaceId);
    if (records.length > 0) await looking?.(records.length);
    const heard = await ask(deps, records);
    if (heard.answered > 0) last.set(workspaceId, { at: now, heard });
    return heard;
  };
}

type Asked = { record: SourceRecord; poll: NonNullable<Source['poll']> };

/** Not those that fail, and none whose every request counts against a budget. */
async function toAsk(deps: Omit<PreviewDeps, 'hearNow'>, workspaceId: string): Promise<Asked[]> {
  const records = await deps.stores.sources.list(workspaceId);
  return records
    .filter(({ paused, failures }) => !paused && failures === 0)
    .sort((a, b) => (b.lastSuccessAt?.getTime() ?? 0) - (a.lastSuccessAt?.getTime() ?? 0))
    .flatMap((record) => {
      const source = deps.sources.find(({ kind }) => kind === record.kind);
      return source?.poll && source.needs === null ? [{ record, poll: source.poll }] : [];
    })
    .slice(0, MOST_SOURCES);
}

async function ask(deps: Omit<PreviewDeps, 'hearNow'>, asked: readonly Asked[]): Promise<HeardNow> {
  const { http, sourceSettings: settings } = deps;
  const answers = await Promise.all(
    asked.map(({ record: { address, kind, label }, poll }) =>
      within(SECONDS, undefined, async (signal) => {
        const request = { http, settings, now: deps.clock(), signal, address, cursor: null };
        const polled = await Promise.race([poll(request), untilAborted(signal)]);
        return polled?.ok ? polled.posts.map((post) => ({ post, kind, label })) : null;
      }),
    ),
  );
  const posts = answers.flatMap((answer) => answer ?? []);
  const byId = new Map(posts.map((one) => [`${one.kind} ${one.post.externalId}`, one]));
  return {
    asked: asked.length,
    answered: answers.filter((answer) => answer !== null).length,
    posts: [...byId.values()],
  };
}

function untilAborted(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(null), { once: true });
  });
}

/** What a query and its thresholds would have made of what the sources say now. */
export interface Preview {
  /** Posts that were looked at. */
  posts: number;
  card: number;
  digest: number;
  /** Matched, and under both thresholds. */
  nothing: number;
  /** They have the words, and something that the query leaves out. */
  excluded: number;
  /** At most three each: what would be a card or a line of the digest, and what would not. */
  posted: Example[];
  leftOut: Example[];
}

export interface Example {
  /** Without contact data. */
  text: string;
  label: string;
  fate: Rank | 'excluded';
  verdict: Verdict;
  /** As the query has it, as in `-jobs`. */
  excludedBy: string | null;
}

export interface Sieve {
  query: Query;
  postThreshold: number;
  digestThreshold: number;
}

const EXAMPLES = 3;
const LONGEST = 500;

/** Runs what was heard through a query, as a poll would. Nothing is stored. */
export async function preview(
  deps: PreviewDeps,
  workspaceId: string,
  heard: HeardNow,
  sieve: Sieve,
): Promise<Preview> {
  const learned = await deps.learned(workspaceId);
  const audible = await withoutSilenced(deps, workspaceId, heard);
  const match = matcherOf(sieve.query);
  const examples: (Example & { kind: string; nearness: number })[] = [];
  for (const { post, kind, label } of audible) {
    const text = postBody(post);
    const { author, url, language } = post;
    const found = match({ text, author, url, language, source: kind });
    if (found === null) continue;
    const verdict = judgeFor(learned, text, found.spans);
    const fate = found.excludedBy === null ? rank(sieve, verdict) : 'excluded';
    const nearness = Math.abs(verdict.negativity - sieve.postThreshold);
    const { excludedBy } = found;
    examples.push({ text, label, fate, verdict, excludedBy, kind, nearness });
  }
  const of = (fate: Example['fate']) => examples.filter((one) => one.fate === fate);
  const worst = (a: Example, b: Example) => b.verdict.negativity - a.verdict.negativity;
  const excluded = of('excluded').sort(worst);
  // One that is excluded tells more than a second one that is only not negative.
  const leftOut = [...excluded.slice(0, 1), ...of('nothing').sort(worst), ...excluded.slice(1)];
  return {
    posts: audible.length,
    card: of('card').length,
    digest: of('digest').length,
    nothing: of('nothing').length,
    excluded: excluded.length,
    posted: [...of('card').sort(worst), ...of('digest').sort(worst)].slice(0, EXAMPLES).map(shown),
    leftOut: leftOut.slice(0, EXAMPLES).map(shown),
  };
}

function shown({ text, label, fate, verdict, excludedBy }: Example): Example {
  const reasons = verdict.reasons.map((one) => ({ ...one, phrase: redact(one.phrase).text }));
  // Cut last: half of a mail address would not be known as one.
  const short = redact(text).text.slice(0, LONGEST);
  return { text: short, label, fate, verdict: { ...verdict, reasons }, excludedBy };
}

/** Who objected, and what is never heard, is not shown either. */
async function withoutSilenced(
  deps: PreviewDeps,
  workspaceId: string,
  { posts }: HeardNow,
): Promise<HeardNow['posts']> {
  const settings = await deps.stores.workspaces.settings(workspaceId);
  const silenced = new Set<Post>();
  for (const kind of new Set(posts.map((one) => one.kind))) {
    const own = posts.filter((one) => one.kind === kind).map(({ post }) => post);
    for (const post of await silencedPosts(deps, workspaceId, kind, own, settings)) {
      silenced.add(post);
    }
  }
  return posts.filter(({ post }) => !silenced.has(post));
}

/** Of what was heard, the posts that at least one of the queries matches. */
export function matching(
  heard: HeardNow,
  queries: readonly Query[],
): Set<HeardNow['posts'][number]> {
  const matcher = compileQueries(queries.map((query, at) => ({ id: String(at), query })));
  const found = heard.posts.filter(({ post, kind: source }) => {
    const { author, url, language } = post;
    return matcher.match({ text: postBody(post), author, url, language, source }).length > 0;
  });
  return new Set(found);
}

type Found = { spans: Span[]; excludedBy: string | null };

/** Tells what matches, and of what would match but for a part that is left out, which part it is. */
function matcherOf(query: Query): (input: MatchInput) => Found | null {
  const { wanted, unwanted } = apart(query.root);
  const queries = [
    { id: 'all', query },
    { id: 'wanted', query: { root: wanted } },
    ...unwanted.map((part, at) => ({
      id: String(at),
      query: { root: combine('and', [wanted, part]) },
    })),
  ];
  const matcher = compileQueries(queries);
  return (input) => {
    const found = new Map(matcher.match(input).map(({ id, spans }) => [id, spans]));
    const all = found.get('all');
    if (all !== undefined) return { spans: all, excludedBy: null };
    const spans = found.get('wanted');
    const part = unwanted.find((_, at) => found.has(String(at)));
    if (spans === undefined || part === undefined) return null;
    return { spans, excludedBy: formatQuery({ root: { type: 'not', part } }) };
  };
}

/** What a query asks for, and what it leaves out, as far as that stands on its outermost level. */
function apart(root: Node): { wanted: Node; unwanted: Node[] } {
  if (root.type !== 'and') return { wanted: root, unwanted: [] };
  const unwanted = root.parts.flatMap((part) => (part.type === 'not' ? [part.part] : []));
  const wanted = root.parts.filter(({ type }) => type !== 'not');
  return { wanted: combine('and', wanted), unwanted };
}
