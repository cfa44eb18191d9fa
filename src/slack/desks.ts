import type { Log, Notifier, Sent } from '../core/ports.ts';
import type { Desk } from './desk.ts';
import { readTrouble } from './errors.ts';

/** The workspaces that this installation writes to. */
export interface Desks {
  /** Null where Earshot is not installed, or is no longer. */
  find(workspaceId: string): Promise<Desk | null>;
  /** Those that were used so far. */
  opened(): Desk[];
}

export function oneDesk(desk: Desk): Desks {
  return {
    find: async (workspaceId) => (workspaceId === desk.workspace.id ? desk : null),
    opened: () => [desk],
  };
}

/**
 * A desk for each workspace that has a token, opened when it is first needed. The token is looked up
 * each time: another replica may have been told of a new one, or of the end.
 */
export function desksByToken(
  tokenOf: (workspaceId: string) => Promise<string | null>,
  open: (token: string) => Promise<Desk>,
): Desks {
  const desks = new Map<string, { token: string; desk: Promise<Desk> }>();
  const opened = new Set<Desk>();
  return {
    async find(workspaceId) {
      const token = await tokenOf(workspaceId);
      const known = desks.get(workspaceId);
      if (known !== undefined && known.token === token) return known.desk;
      if (known !== undefined) {
        desks.delete(workspaceId);
        await known.desk.then(
          (desk) => {
            desk.lanes.stop();
            opened.delete(desk);
          },
          () => undefined,
        );
      }
      if (token === null) return null;
      const desk = open(token);
      desks.set(workspaceId, { token, desk });
      // What Slack did not answer now is asked again next time.
      desk.then(
        (one) => opened.add(one),
        () => desks.delete(workspaceId),
      );
      return desk;
    },
    opened: () => [...opened],
  };
}

/** Writes to the workspace that each message belongs to. */
export function notifierOfAll(desks: Desks, log: Log): Notifier {
  async function at(
    workspaceId: string,
    send: (notifier: Notifier) => Promise<Sent>,
  ): Promise<Sent> {
    const way = await wayInto(desks, workspaceId);
    if (way.ok) return send(way.desk.notifier);
    const { cause, retryAfterSeconds } = way;
    log.warn({ workspaceId, cause }, 'there is no way into this workspace');
    return way.isPassing
      ? { ok: false, outcome: 'later', cause, retryAfterSeconds }
      : { ok: false, outcome: 'refused', cause };
  }
  return {
    postCard: (view, channelId) =>
      at(view.mention.workspaceId, (desk) => desk.postCard(view, channelId)),
    updateCard: (view, channelId, ts) =>
      at(view.mention.workspaceId, (desk) => desk.updateCard(view, channelId, ts)),
    postLine: (event, mention, channelId, ts) =>
      at(mention.workspaceId, (desk) => desk.postLine(event, mention, channelId, ts)),
    pointTo: (mention, ...rest) =>
      at(mention.workspaceId, (desk) => desk.pointTo(mention, ...rest)),
    postBoard: (workspaceId, ...rest) =>
      at(workspaceId, (desk) => desk.postBoard(workspaceId, ...rest)),
    updateBoard: (workspaceId, ...rest) =>
      at(workspaceId, (desk) => desk.updateBoard(workspaceId, ...rest)),
    async settle(sought) {
      const way = await wayInto(desks, sought.workspaceId);
      if (way.ok) return way.desk.notifier.settle(sought);
      const { cause, retryAfterSeconds } = way;
      return way.isPassing ? { state: 'later', cause, retryAfterSeconds } : { state: 'cannot' };
    },
    async answers(workspaceId) {
      const way = await wayInto(desks, workspaceId);
      return way.ok ? way.desk.notifier.answers(workspaceId) : !way.isPassing;
    },
    remove: (workspaceId, channelId, ts) =>
      at(workspaceId, (desk) => desk.remove(workspaceId, channelId, ts)),
    clearHome: (workspaceId, userId) =>
      at(workspaceId, (desk) => desk.clearHome(workspaceId, userId)),
    notice: (workspaceId, channelId, text) =>
      at(workspaceId, (desk) => desk.notice(workspaceId, channelId, text)),
    praise: (workspaceId, channelId, place, praise) =>
      at(workspaceId, (desk) => desk.praise(workspaceId, channelId, place, praise)),
  };
}

type Way =
  | { ok: true; desk: Desk }
  | { ok: false; isPassing: boolean; cause: string; retryAfterSeconds: number | null };

async function wayInto(desks: Desks, workspaceId: string): Promise<Way> {
  try {
    const desk = await desks.find(workspaceId);
    if (desk !== null) return { ok: true, desk };
    return { ok: false, isPassing: false, cause: 'not_installed', retryAfterSeconds: null };
  } catch (error) {
    const { meaning, cause, retryAfterSeconds } = readTrouble(error);
    const isPassing = meaning === 'later' || meaning === 'wait';
    return { ok: false, isPassing, cause, retryAfterSeconds };
  }
}
