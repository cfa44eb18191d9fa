import { canonicalUrl } from '../../core/canonical-url.ts';
import { type Actor, type Mention, type Status } from '../../core/mention.ts';
import type { Post } from '../../core/post.ts';
import type { Log, Notifier, Settings, Stores } from '../../core/ports.ts';
import type { Source } from '../../core/source.ts';
import {
  hashName,
  liesIn,
  namesOfAuthor,
  readTarget,
  type AuthorName,
  type HashAuthor,
} from '../../core/privacy/suppression.ts';
import { change, type ChangeDeps } from '../change.ts';
import { endPraise } from '../tell/praise.ts';

/** What it takes to find out what is stored about somebody. */
export interface FindDeps {
  stores: Pick<Stores, 'mentions' | 'suppressions'>;
  sources: readonly Pick<Source, 'kind'>[];
  hashAuthor: HashAuthor;
}

export interface ForgetDeps extends FindDeps, ChangeDeps {
  stores: FindDeps['stores'] & Pick<Stores, 'praises'>;
  notifier: Pick<Notifier, 'remove'>;
  publish: (workspaceId: string, mentionId: string) => Promise<unknown>;
  log: Log;
}

/** An author as the suppressions hold them; `sourceKind` null: in every kind of source. */
interface HashedAuthor {
  sourceKind: string | null;
  authorHash: string;
}

/** Whom somebody meant, and what is stored of theirs. */
export type Found =
  | {
      ok: true;
      authors: HashedAuthor[];
      /** By which what is kept of theirs is found, in whatever kind of source. */
      hashes: string[];
      mentions: Mention[];
    }
  | { ok: false; message: string };

const HELD: readonly Status[] = ['detected', 'quiet', 'open', 'claimed', 'answered', 'dismissed'];
const PAGE = 500;

/**
 * Finds an author by a handle, a profile, or the address of one of their posts, and all that is
 * stored of theirs. `mentions` may be empty: nobody has to be known to be forgotten.
 */
export async function findAuthor(
  deps: FindDeps,
  request: { workspaceId: string; target: string },
): Promise<Found> {
  const { workspaceId } = request;
  const target = request.target.trim();
  const kinds = deps.sources.map(({ kind }) => kind);
  const hashed = (name: AuthorName): HashedAuthor => ({
    sourceKind: name.sourceKind,
    authorHash: hashName(deps.hashAuthor, name),
  });
  const names = readTarget(target, kinds);
  const authors = names.map(hashed);
  const wanted = canonicalUrl(target);
  const held: Mention[] = [];
  for await (const mention of heldMentions(deps, workspaceId)) {
    if (wanted !== null && mention.url !== null && canonicalUrl(mention.url) === wanted) {
      held.push(mention);
      // Not the name: contact data in it was taken out before it was stored.
      const { sourceKind, authorHash } = mention;
      if (authorHash !== null) authors.push({ sourceKind, authorHash });
    }
  }
  if (authors.length === 0 && held.length === 0) {
    return {
      ok: false,
      message:
        'That names nobody whom Earshot knows. Give a handle (@name, @name@host, mastodon:@name@host), the address of a profile, or that of one of their posts.',
    };
  }
  // An account that goes by a name here may stand behind other names there.
  const hashes = new Set([
    ...authors.map(({ authorHash }) => authorHash),
    ...lookUpHashes(deps, names),
  ]);
  const mentions = new Map(held.map((mention) => [mention.id, mention]));
  for await (const mention of heldMentions(deps, workspaceId)) {
    const known = namesOfAuthor(mention.sourceKind, mention);
    if (!known.some((name) => hashes.has(hashName(deps.hashAuthor, name)))) continue;
    mentions.set(mention.id, mention);
  }
  for (const mention of await deps.stores.mentions.byAuthors(workspaceId, [...hashes])) {
    mentions.set(mention.id, mention);
  }
  const dids = [...mentions.values()]
    .flatMap((mention) => namesOfAuthor(mention.sourceKind, mention))
    .filter(({ author }) => author.startsWith('did:'))
    .map(hashed);
  return {
    ok: true,
    authors: distinct([...authors, ...dids]),
    hashes: [...hashes, ...dids.map(({ authorHash }) => authorHash)],
    mentions: [...mentions.values()],
  };
}

async function* heldMentions(deps: FindDeps, workspaceId: string): AsyncIterable<Mention> {
  for (let offset = 0; ; offset += PAGE) {
    const filter = { statuses: HELD };
    const page = await deps.stores.mentions.list(workspaceId, filter, {
      limit: PAGE,
      offset,
      order: 'oldest',
    });
    yield* page;
    if (page.length < PAGE) return;
  }
}

/** A name without a kind is looked for in all kinds. */
function lookUpHashes(deps: FindDeps, names: readonly AuthorName[]): string[] {
  const all = names.flatMap((name) =>
    name.sourceKind === null
      ? [name, ...deps.sources.map(({ kind }) => ({ ...name, sourceKind: kind }))]
      : [name],
  );
  return all.map((name) => hashName(deps.hashAuthor, name));
}

function distinct(authors: readonly HashedAuthor[]): HashedAuthor[] {
  return [...new Map(authors.map((author) => [author.authorHash, author])).values()];
}

export type Forgotten =
  | {
      ok: true;
      /** Mentions whose text was erased by this. */
      erased: number;
      /** False where a post names no author: then only the post itself could be erased. */
      suppressed: boolean;
    }
  | { ok: false; message: string };

/**
 * Carries out an objection: the author is suppressed for good, by keyed hash, then all that is
 * stored of theirs is erased. Safe to repeat. The suppression comes first, so that a poll under way
 * cannot slip in between (`eraseSilenced` looks once more after it).
 */
export async function forget(
  deps: ForgetDeps,
  request: { workspaceId: string; target: string; actor: Actor },
): Promise<Forgotten> {
  const { workspaceId, actor } = request;
  const first = await findAuthor(deps, request);
  if (!first.ok) return first;
  for (const author of first.authors) {
    await deps.stores.suppressions.add({
      workspaceId,
      ...author,
      createdBy: actor,
      createdAt: deps.clock(),
    });
  }
  const found = await findAuthor(deps, request);
  const { mentions, hashes } = found.ok ? found : first;
  const erased = await withdrawAll(deps, actor, mentions);
  await deps.stores.praises.end(workspaceId, hashes, deps.clock());
  await endPraise(deps, workspaceId);
  await deps.stores.mentions.settle();
  deps.log.info({ workspaceId, actor, erased }, 'an objection was carried out');
  return { ok: true, erased, suppressed: first.authors.length > 0 };
}

async function withdrawAll(
  deps: ForgetDeps,
  actor: Actor,
  mentions: readonly Mention[],
): Promise<number> {
  let erased = 0;
  for (const mention of mentions) {
    const { workspaceId, id } = mention;
    const command = { type: 'withdraw', actor, because: 'objection' } as const;
    const outcome = await change(deps, workspaceId, id, command);
    if (!outcome.ok) continue;
    erased += 1;
    await deps.publish(workspaceId, id);
  }
  return erased;
}

/** What it takes to leave out those who do not want to be heard. */
export interface SilenceDeps {
  stores: Pick<Stores, 'suppressions'>;
  hashAuthor: HashAuthor;
}

/** What of a post, or of the mention that it became, tells who wrote it. */
type Told = Pick<Post, 'externalId' | 'author' | 'url'> & Partial<Pick<Mention, 'authorHash'>>;

/** Those of the posts that are kept out: their author objected, or the team never listens there. */
export async function silencedPosts<P extends Told>(
  deps: SilenceDeps,
  workspaceId: string,
  sourceKind: string,
  posts: readonly P[],
  { neverHear }: Pick<Settings, 'neverHear'>,
): Promise<Set<P>> {
  const named = posts.map((post) => ({
    post,
    hashes: [
      ...namesOfAuthor(sourceKind, post).map((name) => hashName(deps.hashAuthor, name)),
      ...(post.authorHash == null ? [] : [post.authorHash]),
    ],
  }));
  const hashes = named.flatMap((one) => one.hashes);
  const suppressed = await deps.stores.suppressions.among(workspaceId, hashes);
  const kept = named.filter(
    ({ post, hashes: own }) =>
      liesIn(neverHear, post.url) || own.some((hash) => suppressed.has(hash)),
  );
  return new Set(kept.map(({ post }) => post));
}

/** What Earshot holds about one author; `earshot export --handle`. Times are UTC ISO text. */
export interface HeldRow {
  [field: string]: unknown;
}

/** All that is stored about an author, a row a mention, then whether they are suppressed. */
export async function* heldAbout(
  deps: FindDeps,
  request: { workspaceId: string; target: string },
): AsyncIterable<HeldRow> {
  const found = await findAuthor(deps, request);
  if (!found.ok) return;
  const { workspaceId } = request;
  for (const mention of found.mentions) {
    const { verdict, upkeep, ...rest } = mention;
    const events = await deps.stores.mentions.events(workspaceId, mention.id);
    yield { type: 'mention', ...rest, verdict, upkeep, events };
  }
  const hashes = found.authors.map(({ authorHash }) => authorHash);
  const suppressed = await deps.stores.suppressions.among(workspaceId, hashes);
  yield { type: 'suppression', workspaceId, suppressed: suppressed.size > 0 };
}
