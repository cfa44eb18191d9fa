import type { Lesson } from '../../src/core/ports.ts';
import { NOON, sampleId } from './samples.ts';

export function sampleLesson(over: Partial<Lesson> = {}): Lesson {
  const id = over.id ?? sampleId('m');
  return {
    workspaceId: 'T1',
    id,
    keywordId: 'k1',
    said: 'not-negative',
    correction: {
      id,
      target: 'not-negative',
      push: -1.5,
      buckets: [3, 14, 159],
      weights: [0.6, 0.6, 0.529],
      odds: 1.25,
      print: 1,
      sense: [16, -16, 0],
    },
    by: 'U1',
    at: NOON,
    ...over,
  };
}
