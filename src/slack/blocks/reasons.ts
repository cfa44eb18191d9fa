import type { BetterNot } from '../../core/mention.ts';

/** Why something is better not answered, in words. */
export const BECAUSE: Readonly<Record<BetterNot, string>> = {
  satire: 'Satire or a joke',
  'pile-on': 'A pile-on: an answer would feed it',
  'private-place': 'A place that feels private',
  legal: 'A legal matter',
  'at-risk': 'A person at risk',
};
