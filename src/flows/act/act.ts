import type { Command } from '../../core/lifecycle.ts';
import { newUpkeep, type Mention } from '../../core/mention.ts';
import type { Log, Notifier, Stores } from '../../core/ports.ts';
import { change, type Change, type ChangeDeps } from '../change.ts';
import { withNoteToKeep } from './note.ts';

export interface ActDeps extends ChangeDeps {
  notifier: Notifier;
  log: Log;
  /** Brings the mention's card and thread up to date. */
  publish: (workspaceId: string, mentionId: string) => Promise<void>;
  stores: ChangeDeps['stores'] & Pick<Stores, 'workspaces'>;
}

/** The message whose button was pressed. */
export interface CardRef {
  channelId: string;
  ts: string;
}

export interface ActRequest {
  workspaceId: string;
  mentionId: string;
  command: Command;
  card?: CardRef;
  /** Only if nothing has happened to the mention since it was of this version. */
  version?: number;
}

export type ActOutcome = Change;

/**
 * What a person does to a mention: the change, then the card. The click also tells which message
 * holds the button, which is how a card that lost its record is found again and a doubled one goes.
 */
export async function act(deps: ActDeps, request: ActRequest): Promise<ActOutcome> {
  const { workspaceId, mentionId } = request;
  if (request.card) await repair(deps, workspaceId, mentionId, request.card);
  const outcome = await actQuietly(deps, request);
  const published = deps.publish(workspaceId, mentionId);
  // The late one is told at once; that the card they saw was stale is mended meanwhile.
  if (outcome.ok) await published;
  else
    published.catch((error: unknown) =>
      deps.log.error({ err: error, mentionId }, 'publishing broke'),
    );
  return outcome;
}

/** The change without its card: that, and the line of the thread, wait for the next `publish`. */
export async function actQuietly(
  deps: Pick<ActDeps, 'stores' | 'clock' | 'newId'>,
  { workspaceId, mentionId, command, version }: Omit<ActRequest, 'card'>,
): Promise<ActOutcome> {
  const kept = await withNoteToKeep(deps, workspaceId, mentionId, command);
  const outcome = await change(deps, workspaceId, mentionId, kept, version);
  if (outcome.ok) await lookSoon(deps, outcome.mention, command);
  return outcome;
}

/** What was answered is looked for at once; what is open again is watched as if it were new. */
async function lookSoon(
  deps: Pick<ActDeps, 'stores' | 'clock'>,
  mention: Mention,
  { type }: Command,
): Promise<void> {
  const { workspaceId, id } = mention;
  const now = deps.clock();
  if (type === 'answer')
    await deps.stores.mentions.note(workspaceId, id, { lookAt: now, looks: 0 });
  if (type === 'reopen') {
    const { lookAt, looks } = newUpkeep(now);
    await deps.stores.mentions.note(workspaceId, id, { sweepAt: now, lookAt, looks });
  }
}

/**
 * A crash between "posted" and "recorded" leaves a card that the database does not know. If the
 * mention has no card, the touched one is adopted; if it has another, the touched one is a
 * duplicate, and removed.
 */
async function repair(
  deps: ActDeps,
  workspaceId: string,
  mentionId: string,
  card: CardRef,
): Promise<void> {
  const mention = await deps.stores.mentions.find(workspaceId, mentionId);
  if (mention === null || mention.cardTs === card.ts) return;
  if (mention.cardTs === null) {
    await deps.stores.mentions.recordCard(workspaceId, mentionId, { ...card, version: 0 });
    deps.log.info({ mentionId }, 'card without a record adopted');
    return;
  }
  const sent = await deps.notifier.remove(workspaceId, card.channelId, card.ts);
  deps.log.info({ mentionId, removed: sent.ok }, 'duplicate card touched');
}
