import type { SlackEventMiddlewareArgs } from '@slack/bolt';
import type { Listening } from '../context.ts';
import { showHome } from '../home.ts';

export async function appHomeOpened(
  deps: Listening,
  event: SlackEventMiddlewareArgs<'app_home_opened'>['event'],
): Promise<void> {
  if (event.tab === 'home') await showHome(deps, event.user);
}
