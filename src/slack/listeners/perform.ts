import { ALLOWED, type Command, type CommandType } from '../../core/lifecycle.ts';
import type { Mention } from '../../core/mention.ts';
import { act, type CardRef } from '../../flows/act/act.ts';
import { notAMember, refusal, type Audience } from '../respond.ts';
import type { Listening } from './context.ts';
import { refreshHome, say } from './home.ts';
import { learn } from './lesson.ts';

/** On what, from where and by whom something is to be done. */
export interface Target extends Audience {
  mentionId: string;
  card: CardRef | null;
}

/** A command without its actor, who is the person of the payload. */
export type ByPerson = Command extends infer C
  ? C extends Command
    ? Omit<C, 'actor'>
    : never
  : never;

/**
 * Does to a mention what a member of its channel asked for. Whoever may not, or comes too late, is
 * told so privately; everybody else sees it on the card.
 */
export async function perform(deps: Listening, target: Target, command: ByPerson): Promise<void> {
  const mention = await allowed(deps, target);
  if (mention === null) return;
  const done = { ...command, actor: target.userId } as Command;
  const outcome = await act(deps.flows, {
    workspaceId: deps.workspace.id,
    mentionId: target.mentionId,
    command: done,
    ...(target.card === null ? {} : { card: target.card }),
  });
  if (outcome.ok) await learn(deps, target, outcome.mention, done);
  else await say(deps, target, refusal(outcome, target.userId));
  await refreshHome(deps, target.userId);
}

/** The mention, if it is there and the person may act on it; else they have been told why not. */
export async function allowed(deps: Listening, target: Target): Promise<Mention | null> {
  const mention = await deps.flows.stores.mentions.find(deps.workspace.id, target.mentionId);
  if (mention === null) {
    await say(deps, target, refusal({ ok: false, refused: 'not-found' }, target.userId));
    return null;
  }
  if (await deps.access.mayAct(target.userId, mention, target.channelId)) return mention;
  await say(deps, target, notAMember(mention.channelId));
  return null;
}

/**
 * Like `allowed`, and the command still has a chance: nobody should fill in a form only to learn
 * that it came too late.
 */
export async function ready(
  deps: Listening,
  target: Target,
  command: CommandType,
): Promise<Mention | null> {
  const mention = await allowed(deps, target);
  if (mention === null || ALLOWED[command].includes(mention.status)) return mention;
  const by = mention.status === 'answered' ? mention.answeredBy : null;
  const outcome = { ok: false, refused: 'not-allowed', by, mention } as const;
  await say(deps, target, refusal(outcome, target.userId));
  return null;
}
