import type { Clock, Stores } from '../core/ports.ts';
import type { Post } from '../core/post.ts';
import type { Address, Http, Source, SourceSettings } from '../core/source.ts';
import { withoutContacts } from './detect.ts';
import { silencedPosts, type SilenceDeps } from './forget.ts';
import { purseOf } from './purse.ts';
import { refuse, type Refusal } from './refusal.ts';

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

/** What somebody pasted, without the signs that it stood between. */
export function pasted(input: string): string {
  const typed = input.trim();
  const inner =
    /^(?:<([^<>|]+)(?:\|[^<>]*)?>|\(([^()]+)\)|["'“”„«»‘’](.+)["'“”„«»‘’])[.,;]?$/u.exec(typed);
  return (inner?.[1] ?? inner?.[2] ?? inner?.[3] ?? typed).trim();
}

/** What kind of place an address is, by its shape. Closed ones are named first, with their way out. */
export function placeAt(
  deps: Pick<LookDeps, 'sources' | 'closedPlace' | 'sourceSettings'>,
  input: string,
): Place | Refusal {
  const typed = pasted(input);
  const closed = deps.closedPlace(typed);
  if (closed !== null) return refuse(closed);
  const isBare = /^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+(?:\/\S*)?$/u.test(typed);
  const place =
    recognise(deps.sources, typed) ?? (isBare ? recognise(deps.sources, `https://${typed}`) : null);
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
 * other sources are asked whether it is one of theirs, and what they find is preferred.
 */
export async function lookAt(
  deps: LookDeps,
  workspaceId: string,
  place: Place,
  input: string,
): Promise<Looked | Refusal> {
  const first = await lookOnce(deps, workspaceId, place);
  if (first.ok && !first.isElsewhere) return first;
  const better = await probe(deps, place, input.trim());
  const second = better === null ? null : await lookOnce(deps, workspaceId, better);
  if (second?.ok) return { ...second, isElsewhere: !isSameHost(second.address.address, input) };
  return first;
}

async function probe(deps: LookDeps, place: Place, input: string): Promise<Place | null> {
  const url = [input, `https://${input}`, place.address.address].find(isWeb);
  if (url === undefined) return null;
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
): Promise<Looked | Refusal> {
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
  if (!polled.ok) return refuse(`${label}: ${polled.failure.message}.`);
  const { cursor, posts, movedTo, title } = polled;
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
