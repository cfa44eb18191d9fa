/** Earshot as a process of its own, on a stand-in for Slack in this one. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { CHANNEL, slackStandin, type SlackStandin } from '../test/helpers/slack-standin.ts';

export interface Place {
  slack: SlackStandin;
  databaseUrl: string;
  /** Starts Earshot; resolves when it says that it is there, with how long that took. */
  start(command: readonly string[], env?: Record<string, string>): Promise<Running>;
  /** Stops what runs and takes everything away. */
  end(): Promise<void>;
}

export interface Running {
  /** From the start of the process to its word that it listens. */
  startSeconds: number;
  /** Processor seconds so far; on Linux only. */
  processorSeconds(): number;
  /** Resident memory in megabytes; on Linux only. */
  megabytes(): number;
}

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** A stand-in and an empty database, for one Earshot after the other. */
export async function openPlace(): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-bench-'));
  const ends: (() => unknown)[] = [];
  const lifetime = { after: (end: () => unknown) => void ends.unshift(end) };
  // All that it wants of a test is to be told when that is over.
  const slack = await slackStandin(lifetime as unknown as TestContext);
  const databaseUrl = `sqlite:${join(folder, 'bench.db')}`;
  const env = {
    ...process.env,
    ...{ DATABASE_URL: databaseUrl, SLACK_API_URL: slack.apiUrl, EARSHOT_CHANNEL: CHANNEL },
    ...{ SLACK_BOT_TOKEN: 'xoxb-sample', SLACK_APP_TOKEN: 'xapp-sample', PORT: '0' },
    ...{ EARSHOT_SECRET: 'a key for the bench only, of no worth', LOG_LEVEL: 'warn' },
    NODE_OPTIONS: '',
  };
  return {
    slack,
    databaseUrl,
    async start(command, more = {}) {
      const started = performance.now();
      const child = spawn(process.execPath, command, {
        ...{ env: { ...env, ...more }, cwd: ROOT },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      ends.unshift(() => stopped(child));
      // It logs nothing below a warning, so its first line is the one that says it listens.
      await once(createInterface(child.stdout), 'line');
      const startSeconds = (performance.now() - started) / 1000;
      return {
        startSeconds,
        processorSeconds: () => processorSecondsOf(child.pid!),
        megabytes: () => megabytesOf(child.pid!),
      };
    },
    async end() {
      for (const end of ends) await end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

/** Ticks of the kernel's clock in a second, as proc(5) counts them. */
const TICKS = 100;

function processorSecondsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  // User and system time are fields 14 and 15; the state, the first here, is field 3.
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

function megabytesOf(pid: number): number {
  const found = /^VmRSS:\s+(\d+) kB$/mu.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(found?.[1]) / 1024;
}
