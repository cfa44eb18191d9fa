import { answerDueAt, isAnswerInTime } from '../../core/escalation/index.ts';
import type { Clock, Stores } from '../../core/ports.ts';
import { readRules } from './policies.ts';

export interface TargetDeps {
  stores: Pick<Stores, 'mentions' | 'policies' | 'rotas' | 'workspaces'>;
  clock: Clock;
}

export interface Targets {
  met: number;
  missed: number;
  /** Not answered yet, and still in time. */
  waiting: number;
}

const PAGE = 500;
/** Answers read for the first of each mention; more in one span is a figure nobody checks. */
const MOST_ANSWERS = 50_000;

/**
 * How many of the mentions found from an instant on were first answered within the target of their
 * policy as it is now. What was dismissed, or has no target, does not count.
 */
export async function countTargets(
  deps: TargetDeps,
  request: { workspaceId: string; from: Date },
): Promise<Targets> {
  const { workspaceId, from } = request;
  const { mentions } = deps.stores;
  const rules = await readRules(deps.stores, workspaceId);
  const answered = new Map<string, Date>();
  // Newest first, so that the first answer of each is the last to be written.
  for (const { mentionId, at } of await mentions.log(
    workspaceId,
    { from, types: ['answered', 'verified'] },
    MOST_ANSWERS,
  )) {
    answered.set(mentionId, at);
  }
  const count: Targets = { met: 0, missed: 0, waiting: 0 };
  const statuses = ['open', 'claimed', 'answered', 'expired'] as const;
  for (let offset = 0; ; offset += PAGE) {
    const page = await mentions.list(workspaceId, { from, statuses }, { limit: PAGE, offset });
    for (const mention of page) {
      const due = answerDueAt(rules.policyOf(mention), mention);
      const answeredAt = answered.get(mention.id) ?? null;
      // Expired without an answer: dismissed, or never shown.
      if (due === null || (mention.status === 'expired' && answeredAt === null)) continue;
      const inTime = isAnswerInTime(due, answeredAt, deps.clock());
      count[inTime === null ? 'waiting' : inTime ? 'met' : 'missed'] += 1;
    }
    if (page.length < PAGE) return count;
  }
}
