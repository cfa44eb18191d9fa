import { dueStep, namedIn, whomToAsk, type Asked, type Due } from '../core/escalation/index.ts';
import type { Command } from '../core/lifecycle.ts';
import { SYSTEM, type Mention } from '../core/mention.ts';
import type { Stores } from '../core/ports.ts';
import { change, type ChangeDeps } from './change.ts';
import { readRules, type Rules } from './policies.ts';

export interface EscalateDeps extends ChangeDeps {
  stores: Pick<Stores, 'mentions' | 'workspaces' | 'policies' | 'rotas'>;
  publish: (workspaceId: string, mentionId: string) => Promise<unknown>;
}

/** Mentions looked at in one page. */
const PAGE = 200;

/**
 * Takes every open and claimed mention of a workspace to the step of its policy that is due. Each
 * step is taken once: the level that it brings is written together with its line in the log. All
 * are written before Slack hears of the first, since Slack is slow and the clock is not. Returns
 * how many steps were taken.
 */
export async function escalateDue(deps: EscalateDeps, workspaceId: string): Promise<number> {
  const rules = await readRules(deps.stores, workspaceId);
  const taken: string[] = [];
  for (let offset = 0; ; offset += PAGE) {
    const page = await deps.stores.mentions.list(
      workspaceId,
      { statuses: ['open', 'claimed'] },
      { limit: PAGE, offset, order: 'oldest' },
    );
    for (const { id } of page.filter((mention) => dueNow(deps, rules, mention) !== null)) {
      if (await takeStep(deps, rules, workspaceId, id)) taken.push(id);
    }
    if (page.length < PAGE) break;
  }
  for (const id of taken) await deps.publish(workspaceId, id);
  return taken.length;
}

function dueNow(deps: EscalateDeps, rules: Rules, mention: Mention): Due | null {
  return dueStep(rules.policyOf(mention), mention, deps.clock());
}

async function takeStep(
  deps: EscalateDeps,
  rules: Rules,
  workspaceId: string,
  id: string,
): Promise<boolean> {
  // The page may be old by now, and somebody may have claimed meanwhile.
  const mention = await deps.stores.mentions.find(workspaceId, id);
  const due = mention === null ? null : dueNow(deps, rules, mention);
  if (mention === null || due === null) return false;
  const command = await commandOf(deps, rules, mention, due);
  return (await change(deps, workspaceId, id, command)).ok;
}

async function commandOf(
  deps: EscalateDeps,
  rules: Rules,
  mention: Mention,
  { steps, level, phase }: Due,
): Promise<Command> {
  if (steps.some((step) => step.release === true)) {
    return { type: 'release', actor: SYSTEM, because: 'stale' };
  }
  const asked = await askedBy(deps, rules, mention, steps);
  return { type: 'escalate', actor: SYSTEM, ...asked, note: null, level, phase };
}

/** Whom these steps ask about a mention now. */
export async function askedBy(
  deps: Pick<EscalateDeps, 'stores' | 'clock'>,
  { rotas }: Pick<Rules, 'rotas'>,
  mention: Mention,
  steps: Due['steps'],
): Promise<Asked> {
  const events = await deps.stores.mentions.events(mention.workspaceId, mention.id);
  const named = namedIn(events, mention);
  return whomToAsk(steps, { rotas, claimedBy: mention.claimedBy, named, now: deps.clock() });
}
