/**
 * Earshot as a process that dies at a step of its way. It loads everything, prints "ready", and waits
 * for a line on its standard input: the environment to run with, and where to die. A later line
 * "sweep" makes it look at once for what was deleted, which it would do every ten minutes.
 */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { readConfig } from '../../src/config.ts';
import { sweepSource, type AskDeps } from '../../src/flows/forget/sweep.ts';
import { startEarshot } from '../../src/main.ts';
import { watchSteps, type Parts } from './steps.ts';

/** Where to die: at a named step, or at the so-manieth call of anything; neither: nowhere. */
export interface Order {
  env: Record<string, string>;
  step?: string;
  calls?: number;
}

const lines = createInterface({ input: process.stdin });
console.log('ready');
const [line] = (await once(lines, 'line')) as [string];
const { env, step, calls } = JSON.parse(line) as Order;

let counted = 0;
function reached(name: string | null): void {
  counted += 1;
  if ((step !== undefined && name === step) || counted === calls) {
    process.kill(process.pid, 'SIGKILL');
  }
}

const outcome = readConfig(env);
if (!outcome.ok) throw new Error(outcome.problems.join('\n'));
const quick = { calls: 1000, perMs: 1 };
let deps: (AskDeps & Parts) | null = null;
const earshot = await startEarshot(outcome.config, {
  paces: { post: quick, update: quick },
  around(flows) {
    const watched = watchSteps(flows, reached);
    deps = Object.assign(flows, watched);
    return watched;
  },
});
process.once('SIGTERM', () => void earshot.stop().then(() => process.exit(0)));
lines.on('line', (word) => {
  if (word === 'sweep') void sweep();
});
console.log('started');

async function sweep(): Promise<void> {
  if (deps === null) return;
  for (const { id } of await deps.stores.workspaces.list()) {
    for (const source of await deps.stores.mentions.sourcesToSweep(id, new Date())) {
      await sweepSource(deps, id, source);
    }
  }
}
