import { withoutTracking } from '../../core/canonical-url.ts';
import type { Clock, Stores } from '../../core/ports.ts';
import type { Post } from '../../core/post.ts';
import type { Address, Http, Source, SourceSettings } from '../../core/source.ts';
import { withoutContacts } from '../hear/detect.ts';
import { silencedPosts, type SilenceDeps } from '../forget/forget.ts';
import { purseOf } from '../hear/purse.ts';
import { refuse, type Refusal } from '../refusal.ts';

export interface LookDeps extends SilenceDeps {
  stores: SilenceDeps['stores'] & Pick<Stores, 'workspaces' | 'budgets'>;
  sources: readonly Source[];
  http: Http;
  sourceSettings: SourceSettings;
  clock: Clock;
  /** Seconds that the first look at a source may take. */
  timeoutSeconds: number;
  /** Why a place must not be polled, and the lawful way; null for all others. */
  closedPlace: (input: string) => string | null;
}

/** The newest posts that a place holds, without contact data. */
export interface Sample {
  title: string | null;
  text: string;
  publishedAt: Date | null;
}

/** A place that was found behind what somebody pasted. */
export interface Place {
  ok: true;
  source: Source;
  address: Address;
}

/** What the first look at a place brought. */
export interface Looked extends Place {
  /** Of the place; null for a stream, which is not polled. */
  cursor: string | null;
  /** At most three, newest first. */
  samples: Sample[];
  /** It was found somewhere else than where the person pointed. */
  isElsewhere: boolean;
}

const LONGEST_LABEL = 80;
const LONGEST_SAMPLE = 500;
const PROBE_SECONDS = 15;

const UNKNOWN =
  'That is no address that Earshot knows. Paste the address of a feed or of a public page, with https:// in front. Words to listen for go behind `watch`.';

/**
 * What somebody pasted, without the signs that it stood between, what only tracks its readers, and
 * the dot that may end a host's name.
 */
export function pasted(input: string): string {
  const typed = input.trim();
  const inner =
    /^(?:<([^<>|]+)(?:\|[^<>]*)?>|\(([^()]+)\)|["'“”„«»‘’](.+)["'“”„«»‘’])[.,;]?$/u.exec(typed);
  const bare = (inner?.[1] ?? inner?.[2] ?? inner?.[3] ?? typed).trim();
  const whole = bare.startsWith('//') ? `https:${bare}` : bare;
  if (!/^(?:feed:)?https?:/iu.test(whole) && !isBareAddress(whole)) return whole;
  return withoutTracking(whole).replace(
    /^((?:[a-z:]+:\/\/)?[^/?#\s]*?[^/?#\s.])\.(?=[:/?#]|$)/iu,
    '$1',
  );
}

/** A web address without its scheme. */
function isBareAddress(typed: string): boolean {
  return /^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+\.?(?::\d+)?(?:[/?#]\S*)?$/u.test(typed);
}

/** What kind of place an address is, by its shape. Closed ones are named first, with their way out. */
export function placeAt(
  deps: Pick<LookDeps, 'sources' | 'closedPlace' | 'sourceSettings'>,
  input: string,
): Place | Refusal {
  const typed = pasted(input);
  const closed = deps.closedPlace(typed);
  if (closed !== null) return refuse(closed);
  // Whole first: a feed is all that some sources leave of an address without its scheme.
  const place =
    (isBareAddress(typed) ? recognise(deps.sources, `https://${typed}`) : null) ??
    recognise(deps.sources, typed);
  if (place === null) return refuse(UNKNOWN);
  const { source } = place;
  const missing = missingKeys(deps, source);
  if (missing.length === 0) return place;
  return refuse(`${source.name} needs ${missing.join(', ')} in .env. ${source.needs?.how ?? ''}`);
}

export function recognise(sources: readonly Source[], input: string): Place | null {
  for (const source of sources) {
    const address = source.recognise(input);
    if (address !== null) return { ok: true, source, address };
  }
  return null;
}

/**
 * Looks at a place once. Where it does not answer as expected, or only a page led to its feed, the
 * other sources are asked whether it is one of theirs, and so is the address that a short one leads
 * to; what they find is preferred. What only had the looks of its source is tried as the next one's.
 */
export async function lookAt(
  deps: LookDeps,
  workspaceId: string,
  place: Place,
  input: string,
): Promise<Looked | Refusal> {
  const first = await lookOnce(deps, workspaceId, place);
  if (first.ok && !first.isElsewhere) return first;
  const url = [input, `https://${input}`, place.address.address].find(isWeb);
  if (url === undefined) return first;
  const isAway = !first.ok || !isSameHost(first.address.address, url);
  const better =
    (await probe(deps, place, url)) ?? (isAway ? await behind(deps, place, url) : null);
  if (better?.ok === false) return better;
  const looksOnly = !first.ok && first.isNotIts && place.source.probe !== undefined;
  const other = better ?? (looksOnly ? nextOf(deps, place, url) : null);
  const second = other === null ? null : await lookOnce(deps, workspaceId, other);
  if (second?.ok) return { ...second, isElsewhere: !isSameHost(second.address.address, input) };
  return first;
}

/** Where an address leads that belongs to nobody in particular; closed places are no way around. */
async function behind(deps: LookDeps, place: Place, url: string): Promise<Place | Refusal | null> {
  const signal = AbortSignal.timeout(Math.min(deps.timeoutSeconds, PROBE_SECONDS) * 1000);
  const outcome = await deps.http.get({ url, signal });
  const answer = !outcome.ok || !outcome.notModified ? outcome.answer : undefined;
  if (answer === undefined || isSameHost(answer.url, url)) return null;
  const closed = deps.closedPlace(answer.url);
  if (closed !== null) return refuse(closed);
  const found = placeAt(deps, answer.url);
  if (!found.ok || found.source === place.source) return null;
  const { label, address } = found.address;
  // Even a look may cost something there.
  const isCostly = found.source.needs !== null;
  return isCostly ? refuse(`That leads to ${label}. Paste ${address} to add it.`) : found;
}

/** The source after this one that takes such an address. */
function nextOf({ sources }: LookDeps, { source }: Place, url: string): Place | null {
  return recognise(sources.slice(sources.indexOf(source) + 1), url);
}

async function probe(deps: LookDeps, place: Place, url: string): Promise<Place | null> {
  const others = deps.sources.filter(
    (source) => source !== place.source && missingKeys(deps, source).length === 0,
  );
  const { http, sourceSettings: settings } = deps;
  const answers = await Promise.all(
    others.map(async (source): Promise<Place | null> => {
      const signal = AbortSignal.timeout(Math.min(deps.timeoutSeconds, PROBE_SECONDS) * 1000);
      const request = { http, settings, now: deps.clock(), signal, url };
      const address = (await source.probe?.(request)) ?? null;
      return address === null ? null : { ok: true, source, address };
    }),
  );
  return answers.find((answer) => answer !== null) ?? null;
}

async function lookOnce(
  deps: LookDeps,
  workspaceId: string,
  place: Place,
): Promise<Looked | (Refusal & { isNotIts: boolean })> {
  const { source, address: found } = place;
  const { address, label } = found;
  if (source.poll === undefined) {
    return { ...place, cursor: null, samples: [], isElsewhere: false };
  }
  const polled = await source.poll({
    http: deps.http,
    settings: deps.sourceSettings,
    now: deps.clock(),
    signal: AbortSignal.timeout(deps.timeoutSeconds * 1000),
    address,
    cursor: null,
    purse: purseOf(deps),
  });
  if (!polled.ok) {
    const { kind, message } = polled.failure;
    return { ...refuse(`${label}: ${message}.`), isNotIts: kind === 'malformed' };
  }
  const { cursor, posts, movedTo, title } = polled;
  const isAway = movedTo !== null && !isSameHost(movedTo, address);
  const closed = isAway ? deps.closedPlace(movedTo) : null;
  if (closed !== null) return { ...refuse(closed), isNotIts: false };
  return {
    ...place,
    address: { address: movedTo ?? address, label: (title ?? label).slice(0, LONGEST_LABEL) },
    cursor,
    samples: await samplesOf(deps, workspaceId, source.kind, posts),
    isElsewhere: movedTo !== null && plain(movedTo) !== plain(address),
  };
}

async function samplesOf(
  deps: LookDeps,
  workspaceId: string,
  kind: string,
  posts: readonly Post[],
): Promise<Sample[]> {
  const settings = await deps.stores.workspaces.settings(workspaceId);
  const silenced = await silencedPosts(deps, workspaceId, kind, posts, settings);
  const time = ({ publishedAt }: Post) => publishedAt?.getTime() ?? 0;
  return posts
    .filter((post) => !silenced.has(post))
    .sort((a, b) => time(b) - time(a))
    .slice(0, 3)
    .map(({ title, text, publishedAt }) => ({
      title: withoutContacts(title, settings),
      // Cut last: half of a mail address would not be known as one.
      text: withoutContacts(text, settings).slice(0, LONGEST_SAMPLE),
      publishedAt,
    }));
}

export function missingKeys({ sourceSettings }: Pick<LookDeps, 'sourceSettings'>, source: Source) {
  return (source.needs?.settings ?? []).filter((name) => !sourceSettings[name]);
}

function isWeb(input: string): boolean {
  return /^https?:\/\//iu.test(input) && URL.canParse(input);
}

/** What of an address does not matter to a person who compares two. */
function plain(address: string): string {
  return address
    .replace(/^https?:\/\/(?:www\.)?/iu, '')
    .replace(/\/$/u, '')
    .toLowerCase();
}

function isSameHost(address: string, input: string): boolean {
  return plain(address).split(/[/?#]/u)[0] === plain(input.trim()).split(/[/?#]/u)[0];
}
