import { existsSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { secretFile, secretTrouble, type Base } from '../base.ts';
import { databaseFile, type Config } from '../config.ts';
import type { Stores, StuckPosting } from '../core/ports.ts';
import { expiryLimits } from '../core/privacy/retention.ts';
import { readDeadLetters } from '../jobs/dead-letters.ts';
import { sources } from '../sources/index.ts';
import { assertSound } from '../store/backup.ts';
import { nameOf } from '../store/db.ts';
import { migrationStatus } from '../store/migrate.ts';
import type { Statements } from '../store/statements.ts';
import { bad, broken, good, type Finding } from './finding.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const MEGABYTE = 2 ** 20;
/** With less, a bad day fills the disk. */
const LEAST_FREE = 500 * MEGABYTE;
/** What waits longer than this for Slack does not wait for its pace. */
const OUTBOX_MS = 15 * MINUTE_MS;
/** Deletions are looked for every ten minutes. */
const SWEEP_MS = 2 * HOUR_MS;
/** Text is ended at every sweep; a day late is no coincidence. */
const EXPIRY_MS = 24 * HOUR_MS;

/** What the database itself and the place where it lies say. */
export async function* databaseFindings(config: Config, base: Base): AsyncIterable<Finding> {
  const { done } = await migrationStatus(base.db);
  const name = nameOf(config.databaseUrl);
  yield good(`database: ${name}, ${done.length} migrations done, the last ${done.at(-1)}`);
  const file = databaseFile(config.databaseUrl, process.cwd());
  if (file !== null) {
    yield await assertSound(base.db, file).then(
      () => good('database: every page and every reference is sound'),
      (error: unknown) => broken('database', error),
    );
    yield await disk(file);
  }
  yield await secret(config, base);
}

async function disk(file: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(file);
  const free = bavail * bsize;
  const size = statSync(file).size;
  const what = `disk: ${megabytes(free)} free, the database has ${megabytes(size)}`;
  return free >= Math.max(LEAST_FREE, size)
    ? good(what)
    : bad(what, 'Make room: a backup needs as much again, and a full disk stops all.');
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / MEGABYTE)} MB`;
}

/** Whoever loses the key loses the objections, and does not notice. */
async function secret(config: Config, { db, stores }: Base): Promise<Finding> {
  const trouble = await secretTrouble(config, db);
  if (trouble !== null) return bad('secret: it is not that of the database', trouble);
  if (config.secret !== null) return good('secret: from EARSHOT_SECRET');
  const file = secretFile(config);
  if (existsSync(file)) {
    return (statSync(file).mode & 0o077) === 0
      ? good(`secret: in ${file}`)
      : bad(`secret: others on this machine can read ${file}`, `Type: chmod 600 ${file}`);
  }
  let objections = 0;
  for (const { id } of await stores.workspaces.list()) {
    objections += await stores.suppressions.count(id);
  }
  return objections === 0
    ? good('secret: made at the first start')
    : bad(
        `secret: ${file} is missing, and ${objections} objections cannot be kept without it`,
        'Bring the file back from where it was kept before you start, or set EARSHOT_SECRET to it.',
      );
}

/** Whether the work gets done: what waits, what is late, what was given up. */
export async function* workFindings({ stores, shared }: Base, now: Date): AsyncIterable<Finding> {
  if (shared !== null) yield await jobs(shared.statements);
  for (const { id, name } of await stores.workspaces.list()) {
    yield await outbox(stores, id, name, now);
    yield* stuck(await stores.postings.stuck(id), name);
    yield await sweep(stores, id, name, now);
    yield await expiry(stores, id, name, now);
  }
}

/** Nothing is lost by a dead letter, but something of a kind fails again and again. */
async function jobs(statements: Statements): Promise<Finding> {
  const dead = await readDeadLetters(statements);
  if (dead.length === 0) return good('jobs: none failed to the last retry');
  const list = dead.map(({ chore, count, lastAt }) => `${count} ${chore}, ${lastAt.toISOString()}`);
  return bad(
    `jobs: some failed to the last retry (how many, of what, the last when): ${list.join('; ')}`,
    'The log says why: look for "a job failed". What is due is tried again all the same; the count goes back to none by itself after six days.',
  );
}

async function outbox(
  { mentions, workspaces }: Stores,
  workspaceId: string,
  name: string,
  now: Date,
): Promise<Finding> {
  const what = `outbox of ${name}`;
  const waiting = await mentions.count(workspaceId, { statuses: ['detected'] });
  const { channelId } = await workspaces.settings(workspaceId);
  if (channelId === null && waiting > 0) {
    return bad(
      `${what}: ${waiting} mentions wait, and there is no support channel`,
      'Choose it with /earshot settings, or set EARSHOT_CHANNEL.',
    );
  }
  const [oldest] = await mentions.stale(workspaceId, 1);
  const since = oldest === undefined ? null : await changedAt(mentions, oldest);
  if (since !== null && now.getTime() - since.getTime() > OUTBOX_MS) {
    return bad(
      `${what}: a card has shown too little since ${since.toISOString()}`,
      'See that Earshot runs, that it is in the channel, and what its log says of Slack.',
    );
  }
  return good(`${what}: ${waiting} mentions wait for their turn, no card is behind`);
}

/** What Slack broke off too often; a person decides, since it may be there already. */
function* stuck(postings: readonly StuckPosting[], name: string): Iterable<Finding> {
  const [first] = postings;
  if (first === undefined) return;
  yield bad(
    `outbox of ${name}: ${postings.length} messages stand still, the first since ${first.since.toISOString()}`,
    'Slack breaks off its answers to them: is there a proxy in between? Then press "Try again" in /earshot status. With channels:history, Earshot would look by itself whether they are there.',
  );
}

/** When the change was made that the card does not show. */
async function changedAt(
  mentions: Stores['mentions'],
  { workspaceId, id, foundAt }: { workspaceId: string; id: string; foundAt: Date },
): Promise<Date> {
  return (await mentions.events(workspaceId, id)).at(-1)?.at ?? foundAt;
}

async function sweep(
  { mentions }: Stores,
  workspaceId: string,
  name: string,
  now: Date,
): Promise<Finding> {
  const late = new Date(now.getTime() - SWEEP_MS);
  const behind = await mentions.sourcesToSweep(workspaceId, late);
  return behind.length === 0
    ? good(`deletions in ${name}: every look is in time`)
    : bad(
        `deletions in ${name}: ${behind.length} sources were not asked for hours what is gone`,
        'See that Earshot runs; its log says "a source could not be swept" where a place does not answer.',
      );
}

async function expiry(
  { mentions, workspaces }: Stores,
  workspaceId: string,
  name: string,
  now: Date,
): Promise<Finding> {
  const settings = await workspaces.settings(workspaceId);
  const then = new Date(now.getTime() - EXPIRY_MS);
  const late = await mentions.toExpire(workspaceId, expiryLimits(settings, sources, then), 1);
  return late.length === 0
    ? good(`kept texts in ${name}: none is older than it may be`)
    : bad(
        `kept texts in ${name}: some are kept for longer than they may be`,
        'Start Earshot: it ends them at once, before it shows anything.',
      );
}
