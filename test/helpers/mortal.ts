import type { Notifier, Stores } from '../../src/core/ports.ts';

/** The process dies before every n-th thing that it does, beginning with the `first`. */
export interface Fate {
  every: number;
  first: number;
}

export interface Life {
  /** The stores and Slack, as a process that may die sees them. */
  parts: { stores: Stores; notifier: Notifier };
  /** False when the process died of it. */
  survives(work: () => Promise<unknown>): Promise<boolean>;
  /** Does a work until the process is about to call `name`, and dies there. */
  diesAt(name: string, work: () => Promise<unknown>): Promise<void>;
  deaths(): number;
}

class Death extends Error {}

/** What changes something: the rest may be repeated by anybody. */
const DOES =
  /^(?:apply|add|save|remove|change|note|noteSteps|record\w*|forget\w*|claim|take|sent|release|post\w*|point\w*|update\w*)$/u;
const READS: ReadonlySet<string> = new Set(['posted']);

/**
 * Counts every write and every call to Slack, and lets the process die before those that its fate
 * names: between any two things that it does, the first is done and the second is not.
 */
export function mortal(whole: Life['parts'], fate: Fate | undefined): Life {
  let done = 0;
  let deaths = 0;
  let deadly: string | null = null;

  function step(name: string): void {
    const at = done;
    done += 1;
    const isFate = fate !== undefined && at >= fate.first && (at - fate.first) % fate.every === 0;
    if (deadly === null ? !isFate : name !== deadly) return;
    deaths += 1;
    throw new Death(name);
  }

  function part<T extends object>(target: T): T {
    return new Proxy(target, {
      get(of, name) {
        const value: unknown = Reflect.get(of, name);
        if (typeof value !== 'function' || typeof name !== 'string') return value;
        if (!DOES.test(name) || READS.has(name)) return value;
        return async (...args: unknown[]) => {
          step(name);
          return (value as (...all: unknown[]) => unknown).apply(of, args);
        };
      },
    });
  }

  async function survives(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      if (error instanceof Death) return false;
      throw error;
    }
  }

  const stores = Object.entries(whole.stores).map(([name, store]) => [name, part(store as object)]);
  return {
    parts: { stores: Object.fromEntries(stores) as Stores, notifier: part(whole.notifier) },
    survives,
    async diesAt(name, work) {
      deadly = name;
      if (await survives(work)) throw new Error(`nothing calls ${name}`);
      deadly = null;
    },
    deaths: () => deaths,
  };
}
