import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
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

/** Where the program of a process is: run from TypeScript, or compiled once, which loads faster. */
export function programOf(language: 'typescript' | 'compiled'): string[] {
  if (language === 'typescript') return ['--import', 'tsx', resolve('test/kill/victim.ts')];
  // Inside the checkout, so that the packages are found.
  const folder = resolve(`tmp/kill-${process.pid}`);
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: resolve('tsconfig.build.json'),
      compilerOptions: { outDir: join(folder, 'dist'), rootDir: resolve('.'), sourceMap: false },
      include: [],
      files: [resolve('test/kill/victim.ts')],
    }),
  );
  const compiler = resolve('node_modules/typescript/bin/tsc');
  const run = spawnSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' });
  // The types are checked elsewhere; here it counts what is emitted.
  if (run.error) throw run.error;
  cpSync(resolve('src/slack/manifest.json'), join(folder, 'dist/src/slack/manifest.json'));
  return [join(folder, 'dist/test/kill/victim.js')];
}

export function createHerd(program: readonly string[]): Herd {
  const herd: Promise<Raised>[] = [];
  let isClosed = false;

  async function raise(): Promise<Raised> {
    const child = spawn(process.execPath, program, { stdio: ['pipe', 'pipe', 'pipe'] });
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
