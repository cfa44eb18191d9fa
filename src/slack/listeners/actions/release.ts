import type { CardClick } from '../click.ts';
import type { Listening } from '../context.ts';
import { perform } from '../perform.ts';

export function release(deps: Listening, click: CardClick): Promise<void> {
  return perform(deps, click, { type: 'release' });
}
