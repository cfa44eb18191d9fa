import type { Command } from '../../core/lifecycle.ts';
import { noteToKeep } from '../../core/note.ts';
import type { Stores } from '../../core/ports.ts';
import { contactOptions } from '../../core/privacy/redact.ts';

/**
 * A command with its note as the log may keep it: what people type of an author, or paste of a post,
 * would outlive both there and in the thread.
 */
export async function withNoteToKeep(
  deps: { stores: Pick<Stores, 'mentions' | 'workspaces'> },
  workspaceId: string,
  mentionId: string,
  command: Command,
): Promise<Command> {
  if (!('note' in command) || command.note === null) return command;
  const mention = await deps.stores.mentions.find(workspaceId, mentionId);
  if (mention === null) return command;
  const settings = await deps.stores.workspaces.settings(workspaceId);
  return { ...command, note: noteToKeep(command.note, mention, contactOptions(settings)) };
}
