import type { Actor, Mention } from '../../core/mention.ts';
import type { Stores } from '../../core/ports.ts';
import { redrawCard, type PublishDeps } from '../tell/publish.ts';

export interface WritingDeps extends PublishDeps {
  stores: PublishDeps['stores'] & Pick<Stores, 'writers'>;
}

/** A browser that was closed says nothing: after this nobody believes any more that they write. */
const BELIEVED_MS = 15 * 60_000;

/** Who else writes an answer now; null when nobody does. */
export async function otherWriter(
  { stores, clock }: WritingDeps,
  mention: Mention,
  person: Actor,
): Promise<Actor | null> {
  const all = await stores.writers.list(mention.workspaceId);
  const one = all.find(({ mentionId, until }) => mentionId === mention.id && until > clock());
  return one === undefined || one.writer === person ? null : one.writer;
}

/** The card says who writes. Whoever came first stays there, so that the others see them. */
export async function startWriting(
  deps: WritingDeps,
  mention: Mention,
  writer: Actor,
): Promise<void> {
  if ((await otherWriter(deps, mention, writer)) !== null) return;
  const { workspaceId, id: mentionId } = mention;
  const until = new Date(deps.clock().getTime() + BELIEVED_MS);
  await deps.stores.writers.save({ workspaceId, mentionId, writer, until });
  await redrawCard(deps, workspaceId, mentionId);
}

/** The modal was closed or sent off. */
export async function stopWriting(
  deps: WritingDeps,
  workspaceId: string,
  mentionId: string,
  writer: Actor,
): Promise<void> {
  if (!(await deps.stores.writers.remove(workspaceId, mentionId, writer))) return;
  await redrawCard(deps, workspaceId, mentionId);
}

/** Takes from the cards those who are believed no longer. */
export async function forgetWriters(deps: WritingDeps, workspaceId: string): Promise<void> {
  const now = deps.clock();
  for (const { mentionId, writer, until } of await deps.stores.writers.list(workspaceId)) {
    if (until <= now) await stopWriting(deps, workspaceId, mentionId, writer);
  }
}
