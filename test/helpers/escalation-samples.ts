import type { NamedPolicy, Rota, Step, Swap } from '../../src/core/escalation/index.ts';
import { NOON, minutesAfter, sampleId } from './samples.ts';

/** A nudge after 15 minutes, a ping after 30, day and night. */
export function samplePolicy(over: Partial<NamedPolicy> = {}): NamedPolicy {
  const id = over.id ?? sampleId('p');
  return {
    id,
    workspaceId: 'T1',
    name: `Policy ${id}`,
    severities: [],
    keywordIds: [],
    servesRest: false,
    steps: [unclaimed(15), unclaimed(30, { kind: 'person', id: 'U2KIM' })],
    clock: 'always',
    calendar: {
      timeZone: 'Europe/London',
      days: [1, 2, 3, 4, 5],
      hours: { from: 540, to: 1020 },
      country: 'GB',
      closed: [],
      open: [],
    },
    quiet: null,
    answerMinutes: null,
    pauseMinutes: 15,
    createdBy: 'U1',
    createdAt: NOON,
    ...over,
  };
}

export function unclaimed(afterMinutes: number, ...tell: Step['tell']): Step {
  return { afterMinutes, while: 'unclaimed', tell };
}

export function unanswered(afterMinutes: number, ...tell: Step['tell']): Step {
  return { afterMinutes, while: 'unanswered', tell };
}

/** Three people by week, from Monday 9:00 to Monday 9:00 in London. */
export function sampleRota(over: Partial<Rota> = {}): Rota {
  const id = over.id ?? sampleId('r');
  return {
    id,
    workspaceId: 'T1',
    name: `Rota ${id}`,
    people: ['U1SAM', 'U2KIM', 'U3ALEX'],
    turn: 'week',
    handOver: 540,
    timeZone: 'Europe/London',
    startsOn: '2026-03-02',
    swaps: [],
    createdBy: 'U1',
    createdAt: NOON,
    ...over,
  };
}

export function sampleSwap(over: Partial<Swap> = {}): Swap {
  return {
    id: sampleId('x'),
    takes: 'U3ALEX',
    turnOf: 'U1SAM',
    from: NOON,
    to: minutesAfter(8 * 60),
    createdBy: 'U3ALEX',
    createdAt: NOON,
    ...over,
  };
}
