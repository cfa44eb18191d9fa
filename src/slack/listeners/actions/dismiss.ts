import { dismissModal } from '../../blocks/modals/dismiss.ts';
import type { CardClick } from '../click.ts';
import type { Listening } from '../context.ts';
import { openAbout } from '../modal.ts';

export function dismiss(deps: Listening, click: CardClick): Promise<void> {
  return openAbout(deps, click, 'dismiss', dismissModal);
}
