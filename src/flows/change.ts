import { decide, type Command } from '../core/lifecycle.ts';
import type { Actor, Mention } from '../core/mention.ts';
import type { Clock, Log, NewId, Stores } from '../core/ports.ts';

export interface ChangeDeps {
  stores: Pick<Stores, 'mentions'>;
  clock: Clock;
  newId: NewId;
  /** Told what happened to which mention; by whom stands in the database alone. */
  log?: Log;
}

export type Change =
  | { ok: true; mention: Mention }
  | { ok: false; refused: 'already-there' | 'not-allowed'; by: Actor | null; mention: Mention }
  | { ok: false; refused: 'not-found' };

/**
 * Carries out one command on one mention: decide, then write the state and its events on the
 * condition that nobody was faster. Whoever was slower decides again on what is there now, so that
 * a refusal names the winner. `version`: it is done only to what the mention was then; whatever
 * happened since makes it not allowed.
 */
export async function change(
  deps: ChangeDeps,
  workspaceId: string,
  mentionId: string,
  command: Command,
  version?: number,
): Promise<Change> {
  const { mentions } = deps.stores;
  for (;;) {
    const mention = await mentions.find(workspaceId, mentionId);
    if (mention === null) return { ok: false, refused: 'not-found' };
    if (version !== undefined && mention.version !== version) {
      return { ok: false, refused: 'not-allowed', by: mention.claimedBy, mention };
    }
    const decision = decide(mention, command, deps.clock());
    const fields = { workspaceId, mentionId, command: command.type };
    if (!decision.ok) {
      deps.log?.debug({ ...fields, refused: decision.refused }, 'a mention was left as it is');
      return { ...decision, mention };
    }
    const events = decision.events.map((event) => ({
      ...event,
      id: deps.newId(),
      workspaceId,
      mentionId,
      version: decision.next.version,
      logTs: null,
    }));
    if (await mentions.apply(decision.next, events)) {
      const { status, version: made } = decision.next;
      deps.log?.info({ ...fields, status, version: made }, 'a mention was changed');
      return { ok: true, mention: decision.next };
    }
  }
}
