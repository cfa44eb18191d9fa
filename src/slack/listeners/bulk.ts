import type { Command } from '../../core/lifecycle.ts';
import type { Actor, Mention } from '../../core/mention.ts';
import {
  actOnMany,
  publishMany,
  undoMany,
  type BulkOutcome,
  type Step,
} from '../../flows/act/bulk.ts';
import { learnFrom } from '../../flows/hear/learn.ts';
import { bulkResult, undoneResult, undoValue, type Deed } from '../blocks/bulk.ts';
import type { HomeState } from '../blocks/home-state.ts';
import { forLog } from '../errors.ts';
import type { Listening } from './context.ts';
import { drawHome } from './home.ts';
import type { ByPerson } from './perform.ts';

/** Who does it, and where they are on their Home. */
interface Doer {
  userId: Actor;
  state: HomeState;
}

/**
 * Does to all that is ticked what a person asked for. They see at once what became of it; cards and
 * threads follow at Slack's pace.
 */
export async function performOnMany(
  deps: Listening,
  { userId, state }: Doer,
  mentionIds: readonly string[],
  command: ByPerson & { type: Deed },
): Promise<void> {
  const done = { ...command, actor: userId } as Command & { type: Deed };
  const outcome = await actOnMany(deps.flows, {
    ...{ workspaceId: deps.workspace.id, mentionIds, command: done },
    mayAct: mayAct(deps, userId),
  });
  await teach(deps, outcome.done, done);
  const text = bulkResult(done.type, outcome, userId, await namesIn(deps, outcome, done));
  await finish(deps, { userId, state }, outcome, { text, undo: undoValue(outcome.done) });
}

/** Takes back what a bulk action did, where nothing has happened since. */
export async function undoBulk(
  deps: Listening,
  { userId, state }: Doer,
  steps: readonly Step[],
): Promise<void> {
  const outcome = await undoMany(deps.flows, {
    ...{ workspaceId: deps.workspace.id, steps, actor: userId },
    mayAct: mayAct(deps, userId),
  });
  await teach(deps, outcome.done, { type: 'reopen', actor: userId });
  await finish(deps, { userId, state }, outcome, { text: undoneResult(outcome), undo: null });
}

/** The rights are those on each card. */
function mayAct(deps: Listening, userId: Actor): (mention: Mention) => Promise<boolean> {
  return (mention) => deps.access.mayAct(userId, mention, null);
}

/** What a click on each of them would have taught. Never fails: what the person did is done. */
async function teach(
  deps: Listening,
  mentions: readonly Mention[],
  command: Command,
): Promise<void> {
  for (const mention of mentions) {
    try {
      await learnFrom(deps.flows, mention, command);
    } catch (error) {
      deps.log.error(forLog(error), 'a correction could not be learned');
    }
  }
}

async function namesIn(deps: Listening, { late }: BulkOutcome, command: Command) {
  const to = command.type === 'assign' ? command.to : null;
  return deps.people.names([to, ...late.map(({ by }) => by)]);
}

async function finish(
  deps: Listening,
  { userId, state }: Doer,
  outcome: BulkOutcome,
  result: HomeState['result'],
): Promise<void> {
  await drawHome(deps, userId, { ...state, ticks: [], round: state.round + 1, result });
  const changed = [...outcome.done, ...outcome.late.map(({ mention }) => mention)];
  const ids = changed.map(({ id }) => id);
  await publishMany(deps.flows, deps.workspace.id, ids);
}
