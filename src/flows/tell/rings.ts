import { SYSTEM, type Mention } from '../../core/mention.ts';
import type { Clock, Stores } from '../../core/ports.ts';
import { mayNotWait } from '../../core/storm/storm.ts';

/** Whose telephone has rung often enough just now. */
export interface Rings {
  quietly(ids: readonly string[], mention: Mention): Promise<string[]>;
  rang(step: { to: readonly string[]; quietly?: readonly string[] }): void;
}

/** So often does the clock ping one person or group in ten minutes; more tells them nothing more. */
const RINGS = 3;
const RINGS_MS = 10 * 60_000;
const MOST_RINGS = 5000;

/**
 * On a day of a hundred open cards nobody is pinged a hundred times: who was asked about three of
 * them within ten minutes is named in the threads of the others. Where somebody is in danger, it
 * rings all the same.
 */
export function createRings(
  { stores, clock }: { stores: Pick<Stores, 'mentions'>; clock: Clock },
  workspaceId: string,
): Rings {
  const counts = new Map<string, number>();
  let before: Promise<void> | null = null;

  function rang({
    to,
    quietly = [],
  }: {
    to: readonly string[];
    quietly?: readonly string[];
  }): void {
    for (const id of to) if (!quietly.includes(id)) counts.set(id, (counts.get(id) ?? 0) + 1);
  }

  async function readBefore(): Promise<void> {
    const from = new Date(clock().getTime() - RINGS_MS);
    const filter = { from, actor: SYSTEM, types: ['escalated'] as const };
    for (const event of await stores.mentions.log(workspaceId, filter, MOST_RINGS)) {
      if (event.type === 'escalated') rang(event);
    }
  }

  return {
    async quietly(ids, { verdict }) {
      if (ids.length === 0 || mayNotWait(verdict.severity)) return [];
      before ??= readBefore();
      await before;
      return ids.filter((id) => (counts.get(id) ?? 0) >= RINGS);
    },
    rang,
  };
}
