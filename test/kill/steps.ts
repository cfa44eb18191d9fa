import type { MentionEvent } from '../../src/core/mention.ts';
import type { Notifier, Stores } from '../../src/core/ports.ts';
import type { Source } from '../../src/core/source.ts';

/** What the world does so that a process gets to a step. */
export type Stimulus = 'say' | 'claim' | 'answer' | 'delete' | 'expire';

/** The steps of a mention's way at which a process is killed, and what brings a process there. */
export const STEPS: Readonly<Record<string, Stimulus>> = {
  'poll-fetched': 'say',
  detected: 'say',
  'committed-poll': 'say',
  opened: 'say',
  'written-down': 'say',
  'posted-not-recorded': 'say',
  recorded: 'say',
  'claim-decided': 'claim',
  'claim-committed': 'claim',
  'card-updated': 'claim',
  'claim-told': 'claim',
  'line-recorded': 'claim',
  answered: 'answer',
  'line-posted': 'answer',
  'sweep-decided': 'delete',
  swept: 'delete',
  'erase-decided': 'expire',
  erased: 'expire',
};

export interface Parts {
  stores: Stores;
  notifier: Notifier;
  sources: readonly Source[];
}

type Call = (...args: never[]) => Promise<unknown>;
/** Called around a method; `done` is what it gave, undefined before the call. */
type Watch = (args: unknown[], done: { result: unknown } | undefined) => string | null;

/**
 * Stands between the flows and what they use, and calls `reached` with the name of each step before
 * or after which the process stands at that moment; `null` for a call that is no step by itself.
 */
export function watchSteps(parts: Parts, reached: (step: string | null) => void): Partial<Parts> {
  function around<T extends object>(target: T, watches: Partial<Record<keyof T, Watch>>): T {
    return new Proxy(target, {
      get(of, name, receiver) {
        const value: unknown = Reflect.get(of, name, receiver);
        if (typeof value !== 'function') return value;
        const watch = watches[name as keyof T];
        return async (...args: unknown[]) => {
          reached(watch?.(args, undefined) ?? null);
          const result = await (value as Call).apply(of, args as never[]);
          reached(watch?.(args, { result }) ?? null);
          return result;
        };
      },
    });
  }

  const { stores, notifier, sources } = parts;
  return {
    stores: {
      ...stores,
      sources: around(stores.sources, { commitPoll }),
      postings: around(stores.postings, { take: after('written-down') }),
      mentions: around(stores.mentions, {
        apply,
        recordCard: after('recorded'),
        recordLine: after('line-recorded'),
      }),
    },
    notifier: around(notifier, {
      postCard: after('posted-not-recorded'),
      updateCard: after('card-updated'),
      postLine,
    }),
    sources: sources.map((source) =>
      source.poll === undefined ? source : around(source, { poll: after('poll-fetched') }),
    ),
  };
}

function after(step: string): Watch {
  return (_, done) => (done === undefined ? null : step);
}

function commitPoll([poll]: unknown[], done: unknown): string | null {
  if ((poll as { mentions: unknown[] }).mentions.length === 0) return null;
  return done === undefined ? 'detected' : 'committed-poll';
}

const BEFORE: Record<string, string> = {
  claimed: 'claim-decided',
  withdrawn: 'sweep-decided',
  expired: 'erase-decided',
};
const AFTER: Record<string, string> = {
  posted: 'opened',
  claimed: 'claim-committed',
  answered: 'answered',
  withdrawn: 'swept',
  expired: 'erased',
};

function apply([, events]: unknown[], done: unknown): string | null {
  const type = (events as MentionEvent[])[0]?.type ?? '';
  return (done === undefined ? BEFORE : AFTER)[type] ?? null;
}

function postLine([event]: unknown[], done: unknown): string | null {
  if (done === undefined) return null;
  return (event as MentionEvent).type === 'claimed' ? 'claim-told' : 'line-posted';
}
