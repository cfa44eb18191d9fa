import { snoozeModal } from '../../blocks/modals/snooze.ts';
import type { CardClick } from '../click.ts';
import type { Listening } from '../context.ts';
import { openAbout } from '../modal.ts';

export function snooze(deps: Listening, click: CardClick): Promise<void> {
  return openAbout(deps, click, 'snooze', snoozeModal);
}
