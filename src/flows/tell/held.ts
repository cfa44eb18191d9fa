import type { Mention } from '../../core/mention.ts';
import type { HeldNote, Log, Notifier, Stores } from '../../core/ports.ts';
import { sendOnce, type SendDeps } from './send.ts';

export interface HeldDeps extends SendDeps {
  stores: Pick<Stores, 'heldNotes' | 'postings'>;
  notifier: Notifier;
  log: Log;
}

/** A message that changes at every poll is noise, and Slack has a pace. */
export const REDRAW_MS = 30_000;
const NEVER = new Date(0);

/**
 * One small message in each channel that says how many cards wait, edited in place, and gone when
 * none does. `held`: by channel, none of them empty.
 */
export async function showHeld(
  deps: HeldDeps,
  workspaceId: string,
  held: ReadonlyMap<string, readonly Mention[]>,
): Promise<void> {
  const notes = await deps.stores.heldNotes.list(workspaceId);
  for (const [channelId, mentions] of held) {
    const note = notes.find((one) => one.channelId === channelId) ?? null;
    await showOne(deps, workspaceId, channelId, mentions, note);
  }
  for (const { channelId, ts } of notes.filter((note) => !held.has(note.channelId))) {
    const removed = await deps.notifier.remove(workspaceId, channelId, ts);
    if (!removed.ok && removed.outcome === 'later') continue;
    await deps.stores.postings.release(postingOf(workspaceId, channelId));
    await deps.stores.heldNotes.remove(workspaceId, channelId);
  }
}

function postingOf(workspaceId: string, channelId: string) {
  return { workspaceId, key: `held ${channelId}`, channelId, threadTs: null };
}

async function showOne(
  deps: HeldDeps,
  workspaceId: string,
  channelId: string,
  mentions: readonly Mention[],
  note: HeldNote | null,
): Promise<void> {
  const { stores, notifier, log } = deps;
  const oldest = Math.min(...mentions.map(({ foundAt }) => foundAt.getTime()));
  const drawn = `${mentions.length} ${oldest}`;
  const now = deps.clock();
  if (note !== null) {
    if (note.drawn === drawn || now.getTime() - note.drawnAt.getTime() < REDRAW_MS) return;
  }
  const board = { kind: 'held', count: mentions.length, oldestFoundAt: new Date(oldest) } as const;
  const posting = postingOf(workspaceId, channelId);
  const sent =
    note === null
      ? await sendOnce(deps, posting, () =>
          notifier.postBoard(workspaceId, board, channelId, posting.key),
        )
      : await notifier.updateBoard(workspaceId, board, channelId, note.ts);
  if (sent.ok) {
    const isOld = 'isOld' in sent && sent.isOld;
    const shown = isOld ? { drawnAt: NEVER, drawn: '' } : { drawnAt: now, drawn };
    await stores.heldNotes.save({ workspaceId, channelId, ts: sent.ts, ...shown });
  } else if (sent.outcome === 'gone') {
    await stores.postings.release(posting);
    await stores.heldNotes.remove(workspaceId, channelId);
  } else {
    log.warn({ channelId, cause: sent.cause }, 'Slack did not take the note of what is held');
  }
}
