import { readRules } from '../../../flows/set-up/policies.ts';
import { sentence } from '../../blocks/message.ts';
import { date, markup } from '../../blocks/text.ts';
import { tell } from '../../respond.ts';
import type { CardClick } from '../click.ts';
import type { Listening } from '../context.ts';
import { perform, ready } from '../perform.ts';

/**
 * "I see it": not a claim, only a promise to look. The clock waits as long as the policy says, once
 * at a time; then the next step comes, unless somebody has claimed or answered.
 */
export async function see(deps: Listening, click: CardClick): Promise<void> {
  // The click comes from a line of the thread, which is not the card.
  const target = { ...click, card: null };
  const mention = await ready(deps, target, 'acknowledge');
  if (mention === null) return;
  const now = deps.flows.clock();
  const { pausedUntil } = mention;
  if (pausedUntil !== null && pausedUntil > now) {
    const said = markup`Somebody sees it already; the clock waits until ${date(pausedUntil, '{time}')}.`;
    return tell(deps, click, sentence(said));
  }
  const rules = await readRules(deps.flows.stores, deps.workspace.id);
  const { pauseMinutes } = rules.policyOf(mention);
  const until = new Date(now.getTime() + pauseMinutes * 60_000);
  await perform(deps, target, { type: 'acknowledge', until });
}
