import robotsParser from 'robots-parser';
import type { Failure, HttpOutcome, HttpRequest } from '../../core/source.ts';

/** Its types tell of a default export, while the module itself is the function. */
const parse = robotsParser as unknown as typeof robotsParser.default;

/** What hosts ask of programs that read their pages, in `/robots.txt` (RFC 9309). */
export interface Robots {
  allows(url: URL, signal: AbortSignal | undefined): Promise<boolean>;
}

export const KEPT_OUT: Failure = {
  kind: 'refused',
  cause: 'robots.txt',
  message: 'asks programs in its robots.txt not to read this page',
};

/** The name by which a host may speak of Earshot. */
const NAME = 'Earshot';
/** RFC 9309, 2.4 and 2.5: at most a day old, and no more than this is read. */
const FRESH_MS = 24 * 3_600_000;
const MOST_BYTES = 500 * 1024;
/** A host that could not be asked is asked again after this. */
const ASK_AGAIN_MS = 10 * 60_000;
/** Hosts that are remembered; beyond it the longest known is forgotten. */
const MOST_HOSTS = 1000;

/**
 * Asks each host once a day. One that has no such file allows everything; one that cannot be asked,
 * or is unwell, allows nothing until it can be (RFC 9309, 2.3.1).
 */
export function createRobots(
  get: (request: HttpRequest) => Promise<HttpOutcome>,
  now: () => number = () => performance.now(),
): Robots {
  const known = new Map<string, { until: number; allows: (url: string) => boolean }>();

  async function ask(origin: string, signal: AbortSignal | undefined) {
    const url = `${origin}/robots.txt`;
    const outcome = await get({ url, maxBytes: MOST_BYTES, ...(signal && { signal }) });
    if (outcome.ok && !outcome.notModified) {
      const rules = parse(url, new TextDecoder().decode(outcome.answer.body));
      return { ms: FRESH_MS, allows: (page: string) => rules.isAllowed(page, NAME) !== false };
    }
    const status = outcome.ok ? 304 : (outcome.answer?.status ?? 0);
    const hasNone = status >= 400 && status < 500;
    return { ms: hasNone ? FRESH_MS : ASK_AGAIN_MS, allows: () => hasNone };
  }

  return {
    async allows({ origin, href }, signal) {
      const found = known.get(origin);
      if (found !== undefined && found.until > now()) return found.allows(href);
      const { ms, allows } = await ask(origin, signal);
      if (signal?.aborted) return allows(href);
      known.delete(origin);
      known.set(origin, { until: now() + ms, allows });
      if (known.size > MOST_HOSTS) known.delete(known.keys().next().value ?? '');
      return allows(href);
    },
  };
}
