import type { Mention } from '../core/mention.ts';
import type { HeldNote, Log, Notifier, Stores } from '../core/ports.ts';
import type { Clock } from '../core/ports.ts';

export interface HeldDeps {
  stores: Pick<Stores, 'heldNotes'>;
  notifier: Notifier;
  clock: Clock;
  log: Log;
}

/** A message that changes at every poll is noise, and Slack has a pace. */
export const REDRAW_MS = 30_000;

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
    await deps.stores.heldNotes.remove(workspaceId, channelId);
  }
}

async function showOne(
  { stores, notifier, clock, log }: HeldDeps,
  workspaceId: string,
  channelId: string,
  mentions: readonly Mention[],
  note: HeldNote | null,
): Promise<void> {
  const oldest = Math.min(...mentions.map(({ foundAt }) => foundAt.getTime()));
  const drawn = `${mentions.length} ${oldest}`;
  const now = clock();
  if (note !== null) {
    if (note.drawn === drawn || now.getTime() - note.drawnAt.getTime() < REDRAW_MS) return;
  }
  const board = { kind: 'held', count: mentions.length, oldestFoundAt: new Date(oldest) } as const;
  const sent =
    note === null
      ? await notifier.postBoard(board, channelId)
      : await notifier.updateBoard(board, channelId, note.ts);
  if (sent.ok) {
    await stores.heldNotes.save({ workspaceId, channelId, ts: sent.ts, drawnAt: now, drawn });
  } else if (sent.outcome === 'gone') {
    await stores.heldNotes.remove(workspaceId, channelId);
  } else {
    log.warn({ channelId, cause: sent.cause }, 'Slack did not take the note of what is held');
  }
}
