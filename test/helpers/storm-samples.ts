import type { HeldNote, Storm } from '../../src/core/ports.ts';
import { NOON, sampleId } from './samples.ts';

export function sampleStorm(over: Partial<Storm> = {}): Storm {
  return {
    workspaceId: 'T1',
    id: sampleId('w'),
    channelId: 'C1',
    reason: 'rate',
    startedAt: NOON,
    endedAt: null,
    claimedBy: null,
    ts: null,
    drawnAt: null,
    drawn: null,
    ...over,
  };
}

export function sampleHeldNote(over: Partial<HeldNote> = {}): HeldNote {
  return { workspaceId: 'T1', channelId: 'C1', ts: '1.1', drawnAt: NOON, drawn: '3', ...over };
}
