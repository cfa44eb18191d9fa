import type { CardClick } from '../click.ts';
import type { Listening } from '../context.ts';
import { perform } from '../perform.ts';

/** Ends a snooze before its time. */
export function wake(deps: Listening, click: CardClick): Promise<void> {
  return perform(deps, click, { type: 'snooze', until: null });
}
