import type { Clock, Notifier, Posting, Sent, Sought, Stores } from '../../core/ports.ts';

export interface SendDeps {
  stores: Pick<Stores, 'postings'>;
  notifier: Pick<Notifier, 'settle' | 'answers'>;
  clock: Clock;
  /** The process, among those that work on one database. */
  holder: string;
}

/** `isOld`: it was there already, and shows what was true when it was posted. */
export type SentOnce = (Sent & { ok: true; isOld: boolean }) | (Sent & { ok: false });

/** A post takes ten seconds at the most, twice; whoever is silent for longer has died. */
const BUSY_MS = 60_000;

/**
 * Minutes until a message of which Slack broke off the answer is sent again, where nobody may look
 * whether it is there. After the last it stands still: more copies would help nobody.
 */
const WAITS: readonly number[] = [2, 10, 60];

/**
 * Posts a message that must not come twice. It is written down before Slack hears of it; whoever
 * finds it written and unconfirmed, after a crash or a time-out, looks for it in Slack before
 * posting it again. Where Earshot may not look there, the message comes twice rather than never, but
 * only to a Slack that answers, and not for ever. The caller records the timestamp;
 * where no other row has a place for it, by `postings.sent`.
 */
export async function sendOnce(
  deps: SendDeps,
  posting: Posting & Omit<Sought, 'since'>,
  post: () => Promise<Sent>,
): Promise<SentOnce> {
  const { postings } = deps.stores;
  const now = deps.clock();
  const busyAfter = new Date(now.getTime() - BUSY_MS);
  const taken = await postings.take(posting, deps.holder, now, busyAfter);
  if (taken.state === 'sent') return { ok: true, ts: taken.ts, isOld: true };
  if (taken.state === 'busy') {
    const cause = 'another process is sending this';
    return { ...later(cause), resting: true };
  }
  const tries = taken.state === 'uncertain' ? taken.tries : 0;
  let isNew = true;
  if (taken.state === 'uncertain') {
    const settled = await deps.notifier.settle({ ...posting, since: taken.since });
    if (settled.state === 'later') return { ...settled, ok: false, outcome: 'later' };
    if (settled.state === 'there') {
      if (tries > 0) await postings.sent(posting, settled.ts);
      return { ok: true, ts: settled.ts, isOld: true };
    }
    if (settled.state === 'cannot') {
      isNew = false;
      if (taken.nextAt !== null && taken.nextAt > now) {
        return { ...later('it may be there already'), resting: true };
      }
      if (!(await deps.notifier.answers(posting.workspaceId)))
        return later('Slack does not answer');
    }
  }
  const sent = await post();
  if (sent.ok) {
    if (tries > 0) await postings.sent(posting, sent.ts);
    return { ...sent, isOld: false };
  }
  if (sent.outcome === 'later' && sent.uncertain === true) {
    // What Slack did not answer may have arrived all the same.
    const wait = WAITS[tries];
    const nextAt = wait === undefined ? null : new Date(deps.clock().getTime() + wait * 60_000);
    await postings.doubted(posting, tries + 1, nextAt);
  } else if (isNew || sent.outcome !== 'later') await postings.release(posting);
  return sent;
}

function later(cause: string) {
  return { ok: false, outcome: 'later', cause, retryAfterSeconds: null } as const;
}
