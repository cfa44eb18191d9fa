import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from '../../bin/build.js';
import type { Order } from './victim.ts';

/** Processes that have loaded everything and wait for their orders, so that a life begins at once. */
export interface Herd {
  /** Gives a process its orders. */
  run(order: Order): Promise<Life>;
  close(): void;
}

interface Raised {
  child: ChildProcess;
  /** What it has printed to stderr. */
  errors(): string;
}

export interface Life {
  /** Resolves when Earshot has started, or the process is dead; true: it has started. */
  started: Promise<boolean>;
  /** Resolves when the process is dead, however that came. */
  dead: Promise<void>;
  isDead(): boolean;
  kill(): void;
  tell(word: string): void;
  /** What the process printed to stderr. */
  errors(): string;
}

/** Builds the program of a process, and answers where it is. */
export async function buildVictim(): Promise<string> {
  // Inside the checkout, so that the packages are found.
  const folder = resolve(`tmp/kill-${process.pid}`);
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  await build(folder, ['src', 'migrations', 'test/kill']);
  return join(folder, 'test/kill/victim.js');
}

export function createHerd(program: string): Herd {
  const herd: Promise<Raised>[] = [];
  let isClosed = false;

  async function raise(): Promise<Raised> {
    const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'pipe'] });
    child.stdin.on('error', () => undefined);
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    const raised = { child, errors: () => errors };
    const isReady = await Promise.race([
      once(child.stdout, 'data').then(() => true),
      once(child, 'exit').then(() => false),
    ]);
    if (!isReady) throw new Error(`a process ended while it loaded: ${errors}`);
    return raised;
  }
  function enlist(): void {
    const raised = raise();
    // Whoever takes it hears of it.
    raised.catch(() => undefined);
    herd.push(raised);
  }
  enlist();

  return {
    async run(order) {
      const raised = await (herd.shift() ?? raise());
      if (!isClosed) enlist();
      return live(raised, order);
    },
    close() {
      isClosed = true;
      for (const one of herd) {
        one.then(({ child }) => child.kill('SIGKILL')).catch(() => undefined);
      }
    },
  };
}

function live({ child, errors }: Raised, order: Order): Life {
  const dead = once(child, 'exit').then(() => undefined);
  const begun = once(child.stdout!, 'data').then(() => true);
  child.stdin!.write(`${JSON.stringify(order)}\n`);
  return {
    started: Promise.race([begun, dead.then(() => false)]),
    dead,
    isDead: () => child.exitCode !== null || child.signalCode !== null,
    kill: () => void child.kill('SIGKILL'),
    tell: (word) => void child.stdin!.write(`${word}\n`),
    errors,
  };
}
