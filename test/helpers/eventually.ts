import { setTimeout as pause } from 'node:timers/promises';

/** Looks until the state is there, with a minute's patience: for what no event announces. */
export async function eventually(what: string, holds: () => boolean | Promise<boolean>) {
  const end = performance.now() + 60_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`waited in vain until ${what}`);
    await pause(20);
  }
}
