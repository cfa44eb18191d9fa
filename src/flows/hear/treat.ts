import { canonicalUrl } from '../../core/canonical-url.ts';
import { BY_HAND, isErased, type Actor, type Mention } from '../../core/mention.ts';
import { postBody, type Post } from '../../core/post.ts';
import type { Settings, SourceRecord, Stores } from '../../core/ports.ts';
import type { Http, Source, SourceSettings } from '../../core/source.ts';
import { liesIn } from '../../core/privacy/suppression.ts';
import { act, type ActDeps } from '../act/act.ts';
import { toMention, type DetectDeps } from './detect.ts';
import { silencedPosts } from '../forget/forget.ts';
import { judgeFor } from './learn.ts';
import { missingKeys, recognise } from '../set-up/look.ts';
import { within } from './poll.ts';
import { purseOf } from './purse.ts';
import { refuse, type Refusal } from '../refusal.ts';

export interface TreatDeps extends ActDeps, DetectDeps {
  stores: ActDeps['stores'] &
    DetectDeps['stores'] &
    Pick<Stores, 'keywords' | 'sources' | 'workspaces' | 'budgets'>;
  sources: readonly Source[];
  http: Http;
  sourceSettings: SourceSettings;
  /** Seconds that one request to a place may take altogether. */
  timeoutSeconds: number;
  /** Why a place must not be read, and the lawful way; null for all others. */
  closedPlace: (input: string) => string | null;
}

/** What became of a link: a card of its own, or the one that was there already. */
export type Treated = { ok: true; mention: Mention; isNew: boolean } | Refusal;

/** Links of one message that are looked at. */
const MOST_LINKS = 3;
/** Seconds for all that is asked about one link: a person waits. */
const SECONDS = 20;
/** Feeds of one host that are searched for a link. */
const MOST_FEEDS = 3;

const NO_CHANNEL =
  'There is no support channel yet: an admin chooses it in `/earshot settings`, then this works.';
const NO_LINK =
  'There is no link in this message. Paste the public address of the post, then try again.';
const OBJECTED =
  'Earshot leaves this one alone: its author asked not to be heard, or the team never listens there. A person may still answer, in public, where it was said.';
const ERASED =
  'This was a mention once, and its text is gone for good: its author took it back or objected, or it was kept long enough. Earshot does not bring it back.';

/**
 * Makes a card of a post that a person found: of the first link that Earshot can read as anybody
 * could, without logging in. Redacted, judged and kept out like everything that a poll brings; a post
 * that is a mention already is not taken twice. The refusal of the first link is the one that counts.
 */
export async function treatAsMention(
  deps: TreatDeps,
  request: { workspaceId: string; links: readonly string[]; actor: Actor },
): Promise<Treated> {
  const { workspaceId, actor } = request;
  const settings = await deps.stores.workspaces.settings(workspaceId);
  if (settings.channelId === null) return refuse(NO_CHANNEL);
  let refusal: Refusal | null = null;
  for (const url of request.links.slice(0, MOST_LINKS)) {
    const found = await within(Math.min(SECONDS, deps.timeoutSeconds), undefined, (signal) =>
      readLink(deps, workspaceId, settings, url, signal),
    );
    if (found.ok) return bring(deps, workspaceId, settings, found, actor);
    refusal ??= found;
  }
  return refusal ?? refuse(NO_LINK);
}

/** A post, and what it was read with. */
interface Read {
  ok: true;
  kind: string;
  post: Post;
  /** The feed that it stands in; null where the place itself gave it. */
  record: SourceRecord | null;
}

async function readLink(
  deps: TreatDeps,
  workspaceId: string,
  settings: Settings,
  url: string,
  signal: AbortSignal,
): Promise<Read | Refusal> {
  if (canonicalUrl(url) === null) return refuse(NO_LINK);
  if (liesIn(settings.neverHear, url)) return refuse(OBJECTED);
  const closed = deps.closedPlace(url);
  if (closed !== null) return refuse(closed);
  const place = recognise(deps.sources, url);
  const missing = place === null ? [] : missingKeys(deps, place.source);
  if (place !== null && missing.length > 0) {
    return refuse(`${place.source.name} needs ${missing.join(', ')} in .env to read that.`);
  }
  return (
    (await lookUp(deps, url, signal)) ??
    (await findInFeeds(deps, workspaceId, url, signal)) ??
    refuse(unreadable(url, place?.source))
  );
}

/** Each source knows its own links by their shape, and asks its place about no other. */
async function lookUp(deps: TreatDeps, url: string, signal: AbortSignal): Promise<Read | null> {
  for (const source of deps.sources) {
    if (source.lookUp === undefined || missingKeys(deps, source).length > 0) continue;
    try {
      const post = await source.lookUp({ ...callOf(deps, signal), url });
      if (post !== null) return { ok: true, kind: source.kind, post, record: null };
    } catch (error) {
      deps.log.warn({ err: error, kind: source.kind }, 'a link could not be looked up');
    }
  }
  return null;
}

/** A plain page says nothing of itself; a feed of its site that the team listens to may hold it. */
async function findInFeeds(
  deps: TreatDeps,
  workspaceId: string,
  url: string,
  signal: AbortSignal,
): Promise<Read | null> {
  const wanted = canonicalUrl(url);
  const host = hostOf(url);
  const records = (await deps.stores.sources.list(workspaceId)).filter(
    ({ address }) => hostOf(address) === host,
  );
  const feeds = records.flatMap((record) => {
    const source = deps.sources.find(({ kind }) => kind === record.kind);
    return source?.poll === undefined || source.lookUp !== undefined
      ? []
      : [{ record, poll: source.poll }];
  });
  for (const { record, poll } of feeds.slice(0, MOST_FEEDS)) {
    const { address, kind } = record;
    const call = callOf(deps, signal);
    const polled = await poll({ ...call, address, cursor: null });
    if (!polled.ok) continue;
    const post = polled.posts.find((one) => one.url !== null && canonicalUrl(one.url) === wanted);
    if (post !== undefined) return { ok: true, kind, post, record };
  }
  return null;
}

function callOf(deps: TreatDeps, signal: AbortSignal) {
  const { http, sourceSettings: settings } = deps;
  return { http, settings, now: deps.clock(), signal, purse: purseOf(deps) };
}

function unreadable(url: string, source: Source | undefined): string {
  const host = hostOf(url) ?? 'That place';
  return source?.lookUp === undefined
    ? `${host} is a page of its own, and Earshot reads such pages only through a feed. Add the site with \`/earshot source add https://${host}/\`: what is new there becomes cards by itself. This post, answer where it stands.`
    : `${source.name}: Earshot cannot read this without logging in. It is gone, or not public, or its author asked programs to stay away; so it makes no card of it.`;
}

function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).host.replace(/^www\./u, '') : null;
}

async function bring(
  deps: TreatDeps,
  workspaceId: string,
  settings: Settings,
  { kind, post, record }: Read,
  actor: Actor,
): Promise<Treated> {
  const silenced = await silencedPosts(deps, workspaceId, kind, [post], settings);
  if (silenced.size > 0) return refuse(OBJECTED);
  const { stores } = deps;
  const records = (await stores.sources.list(workspaceId)).filter((one) => one.kind === kind);
  const mention = await draft(deps, workspaceId, settings, {
    ...{ kind, post, sourceId: (record ?? records.find((one) => hears(one, post)))?.id ?? BY_HAND },
  });
  const known = await findKnown(deps, mention, records);
  if (known === null && !(await stores.mentions.add(mention))) {
    const faster = await findKnown(deps, mention, records);
    return faster === null ? refuse(ERASED) : show(deps, settings, faster, actor);
  }
  return show(deps, settings, known ?? mention, actor);
}

/** The mention as a poll would make it; for no keyword where none matches it. */
async function draft(
  deps: TreatDeps,
  workspaceId: string,
  settings: Settings,
  { kind, post, sourceId }: { kind: string; post: Post; sourceId: string },
): Promise<Mention> {
  const keywords = await deps.stores.keywords.list(workspaceId);
  const learned = await deps.learned(workspaceId);
  const body = postBody(post);
  const [best] = (deps.match(kind, keywords, [post])[0]?.matches ?? [])
    .map(({ keyword, spans }) => ({ id: keyword.id, verdict: judgeFor(learned, body, spans) }))
    .sort((a, b) => b.verdict.negativity - a.verdict.negativity);
  const { id, verdict } = best ?? { id: BY_HAND, verdict: judgeFor(learned, body) };
  const about = { keyword: { id }, verdict, rank: 'card' } as const;
  return toMention(deps, { workspaceId, id: sourceId, kind }, post, settings, about);
}

/** The mention that this post is already, in whichever source it was heard. */
async function findKnown(
  { stores }: TreatDeps,
  mention: Mention,
  records: readonly SourceRecord[],
): Promise<Mention | null> {
  const { workspaceId, externalId } = mention;
  for (const id of [mention.sourceId, BY_HAND, ...records.map((record) => record.id)]) {
    const found = await stores.mentions.findByPosts(workspaceId, id, [externalId]);
    // The ids of feeds are their own: two sites may both have a post 7.
    const same = found.get(externalId);
    if (same !== undefined && (same.url === null || isSamePage(same.url, mention.url))) return same;
  }
  return stores.mentions.findByPost(workspaceId, mention);
}

function isSamePage(one: string, other: string | null): boolean {
  return other !== null && canonicalUrl(one) === canonicalUrl(other);
}

/** A source that would have brought the post: then it also hears of its edits and its end. */
function hears({ address }: SourceRecord, { url }: Post): boolean {
  const host = url === null ? null : hostOf(url);
  // A single word, such as "hn", stands for the one place of its kind.
  return /^\w+$/u.test(address) || (host !== null && address.includes(host));
}

/** Brings it up with a card, unless it has had one. */
async function show(
  deps: TreatDeps,
  settings: Settings,
  mention: Mention,
  actor: Actor,
): Promise<Treated> {
  if (isErased(mention)) return refuse(ERASED);
  const { workspaceId, id, keywordId } = mention;
  if (mention.status !== 'detected' && mention.status !== 'quiet') {
    return { ok: true, mention, isNew: false };
  }
  const keyword = await deps.stores.keywords.find(workspaceId, keywordId);
  const channelId = keyword?.channelId ?? settings.channelId;
  if (channelId === null) return refuse(NO_CHANNEL);
  const command = { type: 'post', actor, channelId } as const;
  const outcome = await act(deps, { workspaceId, mentionId: id, command });
  if (outcome.ok) {
    // The card is there by now.
    const now = await deps.stores.mentions.find(workspaceId, id);
    return { ok: true, mention: now ?? outcome.mention, isNew: true };
  }
  return outcome.refused === 'not-found'
    ? refuse(ERASED)
    : { ok: true, mention: outcome.mention, isNew: false };
}
