import {
  dueStep,
  namedIn,
  nextStepAt,
  whomToAsk,
  type Asked,
  type Due,
} from '../../core/escalation/index.ts';
import { fingerprint } from '../../core/storm/fingerprint.ts';
import type { Command } from '../../core/lifecycle.ts';
import { SYSTEM, type Mention } from '../../core/mention.ts';
import type { NextStep, Stores } from '../../core/ports.ts';
import { change, type ChangeDeps } from '../change.ts';
import { readRules, type Rules } from '../set-up/policies.ts';
import { createRings, type Rings } from '../tell/rings.ts';

export interface EscalateDeps extends ChangeDeps {
  stores: Pick<Stores, 'mentions' | 'workspaces' | 'policies' | 'rotas'>;
  publish: (workspaceId: string, mentionId: string) => Promise<unknown>;
}

/** Mentions looked at in one page. */
const PAGE = 500;

/**
 * Takes every open and claimed mention of a workspace to the step of its policy that is due. Each
 * step is taken once: the level that it brings is written together with its line in the log. All
 * are written before Slack hears of the first, since Slack is slow and the clock is not. Only those
 * are read whose time has come, or that changed since their time was counted. Returns how many
 * steps were taken.
 */
export async function escalateDue(deps: EscalateDeps, workspaceId: string): Promise<number> {
  const { mentions } = deps.stores;
  const rules = await readRules(deps.stores, workspaceId);
  const stamp = stampOf(rules);
  const now = deps.clock();
  const taken: string[] = [];
  const rings = createRings(deps, workspaceId);
  for (;;) {
    const page = await mentions.toEscalate(workspaceId, stamp, now, PAGE);
    const noted: NextStep[] = [];
    for (const one of page) {
      const next =
        dueNow(deps, rules, one) === null ? one : await takeStep(deps, rules, rings, one);
      if (next === null) continue;
      if (next !== one) taken.push(next.id);
      const { id, version } = next;
      noted.push({ id, version, at: nextStepAt(rules.policyOf(next), next) });
    }
    await mentions.noteSteps(workspaceId, stamp, noted);
    if (page.length < PAGE || noted.length === 0) break;
  }
  for (const id of taken) await deps.publish(workspaceId, id);
  return taken.length;
}

/** Differs whenever the rules do, by which a next step was counted. */
function stampOf({ policies, plain }: Rules): string {
  return fingerprint(JSON.stringify([COUNTED_AS, policies, plain]));
}

/** To be raised when the same rules come to mean other times. */
const COUNTED_AS = 1;

function dueNow(deps: EscalateDeps, rules: Rules, mention: Mention): Due | null {
  return dueStep(rules.policyOf(mention), mention, deps.clock());
}

/** The mention after its step; null when somebody was faster. */
async function takeStep(
  deps: EscalateDeps,
  rules: Rules,
  rings: Rings,
  { workspaceId, id }: Mention,
): Promise<Mention | null> {
  // The page may be old by now, and somebody may have claimed meanwhile.
  const mention = await deps.stores.mentions.find(workspaceId, id);
  const due = mention === null ? null : dueNow(deps, rules, mention);
  if (mention === null || due === null) return null;
  const command = await commandOf(deps, rules, rings, mention, due);
  const outcome = await change(deps, workspaceId, id, command);
  if (!outcome.ok) return null;
  if (command.type === 'escalate') rings.rang(command);
  return outcome.mention;
}

async function commandOf(
  deps: EscalateDeps,
  rules: Rules,
  rings: Rings,
  mention: Mention,
  { steps, level, phase }: Due,
): Promise<Command> {
  if (steps.some((step) => step.release === true)) {
    return { type: 'release', actor: SYSTEM, because: 'stale' };
  }
  const asked = await askedBy(deps, rules, mention, steps);
  const quietly = await rings.quietly(asked.to, mention);
  return { type: 'escalate', actor: SYSTEM, ...asked, quietly, note: null, level, phase };
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
