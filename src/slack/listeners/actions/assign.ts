import { assignModal } from '../../blocks/modals/assign.ts';
import type { CardClick } from '../click.ts';
import type { Listening } from '../context.ts';
import { openAbout } from '../modal.ts';

export function assign(deps: Listening, click: CardClick): Promise<void> {
  return openAbout(deps, click, 'assign', assignModal);
}
