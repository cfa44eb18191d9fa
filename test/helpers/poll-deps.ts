import type { Http, Source } from '../../src/core/source.ts';
import { createMatching } from '../../src/flows/hear/matching.ts';
import type { PollDeps } from '../../src/flows/hear/poll.ts';
import { NO_HTTP } from './place.ts';

/** What a poll needs beside a world: these sources, no network, no jitter, and nobody told of trouble. */
export function pollDeps(
  it: Omit<PollDeps, 'sources' | keyof typeof QUIET | 'match' | 'http'>,
  sources: readonly Source[],
  over: Partial<Pick<PollDeps, 'notice' | 'praise'>> & { http?: Http } = {},
): PollDeps {
  return { ...it, sources, match: createMatching(), http: NO_HTTP, ...QUIET, ...over };
}

const QUIET = {
  sourceSettings: {},
  hashAuthor: (kind: string, author: string) => `hash of ${kind} ${author}`,
  jitter: () => 1,
  notice: async () => undefined,
  timeoutSeconds: 5,
} satisfies Partial<PollDeps>;
