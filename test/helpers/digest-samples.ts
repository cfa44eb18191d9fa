import type { Digest } from '../../src/core/ports.ts';
import { minutesAfter, NOON } from './samples.ts';

/** Not in Slack yet, with a line for each of these mentions. */
export function sampleDigest(mentionIds: readonly string[], over: Partial<Digest> = {}): Digest {
  return {
    workspaceId: 'T1',
    dueAt: NOON,
    from: minutesAfter(-60),
    to: NOON,
    channelId: 'C1',
    ts: null,
    total: mentionIds.length,
    lines: mentionIds.map((mentionId) => ({ mentionId, version: 0 })),
    ...over,
  };
}
