import type { Existence, ExistsRequest, PostRef } from '../core/source.ts';
import type { JsonOutcome } from './json.ts';

/**
 * Asks for posts one at a time. When the place refuses or fails, the rest stays `unknown` instead of
 * being asked for in vain.
 */
export async function askOneByOne(
  request: ExistsRequest,
  ask: (post: PostRef) => Promise<Existence | 'stop'>,
): Promise<Map<string, Existence>> {
  const found = allUnknown(request.posts);
  for (const post of request.posts) {
    if (request.signal.aborted) break;
    const existence = await ask(post);
    if (existence === 'stop') break;
    found.set(post.externalId, existence);
  }
  return found;
}

export function allUnknown(posts: readonly PostRef[]): Map<string, Existence> {
  return new Map(posts.map(({ externalId }) => [externalId, 'unknown']));
}

/**
 * Only a clear "not here" is `gone`; a limit or an outage says nothing, and ends the round. A 404
 * counts when the interface itself says it, in JSON: a page of the web server before it says that
 * there is no interface at the moment, and would take every post with it.
 */
export function existenceOfRefusal(outcome: JsonOutcome & { ok: false }): Existence | 'stop' {
  if (outcome.status === 404) return outcome.value === null ? 'unknown' : 'gone';
  if (outcome.status === 410) return 'gone';
  const { kind } = outcome.failure;
  return kind === 'rate-limited' || kind === 'unavailable' ? 'stop' : 'unknown';
}
