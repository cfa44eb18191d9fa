import type { CardClick } from '../click.ts';
import type { Listening } from '../context.ts';
import { perform } from '../perform.ts';

/** One click to correct a wrong verdict. */
export function notNegative(deps: Listening, click: CardClick): Promise<void> {
  return perform(deps, click, { type: 'dismiss', reason: 'not-negative', note: null });
}
