import type { Clock, Notifier, Posting, Sent, Sought, Stores } from '../core/ports.ts';

export interface SendDeps {
  stores: Pick<Stores, 'postings'>;
  notifier: Pick<Notifier, 'settle'>;
  clock: Clock;
  /** The process, among those that work on one database. */
  holder: string;
}

/** `isOld`: it was there already, and shows what was true when it was posted. */
export type SentOnce = (Sent & { ok: true; isOld: boolean }) | (Sent & { ok: false });

/** A post takes ten seconds at the most, twice; whoever is silent for longer has died. */
const BUSY_MS = 60_000;

/**
 * Posts a message that must not come twice. It is written down before Slack hears of it; whoever
 * finds it written and unconfirmed, after a crash or a time-out, looks for it in Slack before
 * posting it again. Where Earshot may not look there, the message comes twice rather than never.
 * The caller records the timestamp; where no other row has a place for it, by `postings.sent`.
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
    return { ok: false, outcome: 'later', cause, retryAfterSeconds: null };
  }
  if (taken.state === 'uncertain') {
    const settled = await deps.notifier.settle({ ...posting, since: taken.since });
    if (settled.state === 'later') return { ...settled, ok: false, outcome: 'later' };
    if (settled.state === 'there') return { ok: true, ts: settled.ts, isOld: true };
  }
  const sent = await post();
  // What Slack did not answer may have arrived all the same.
  if (!sent.ok && sent.outcome !== 'later') await postings.release(posting);
  return sent.ok ? { ...sent, isOld: false } : sent;
}
