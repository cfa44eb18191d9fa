import { createHerd, type Herd, type Life } from './herd.ts';
import { audit, isAtRest, type Audit } from './audit.ts';
import { STEPS, type Stimulus } from './steps.ts';
import { openWorld, type World, type WorldOptions } from './world.ts';

export interface KillOptions extends WorldOptions {
  /** How many processes are killed. */
  runs: number;
  /** Chooses the moments; the same number, the same choices. */
  seed: number;
  /** As `buildVictim` gives it. */
  program: string;
  /** At which steps; else at all of them. */
  steps?: readonly string[];
  onKill?(done: number): void;
  /** Kills no more, and counts. */
  signal?: AbortSignal;
}

export interface KillReport extends Audit {
  /** Processes killed, by the step at which they died; `random` of those without a step. */
  kills: Record<string, number>;
  /** Processes that did not come to the step where they were to die, and were killed elsewhere. */
  strayed: Record<string, number>;
  seconds: number;
}

/** A step is reached in a moment, unless the machine is busy. */
const REACH_MS = 30_000;
/** Of a database that several machines may share, a dead one's reservations are believed for a minute. */
const REST_MS = 240_000;
const LOOK_MS = 100;
const AGAIN_MS = 4000;
/** A process does about so many things with the database and with Slack in a short life. */
const MOST_CALLS = 80;
const MOST_MS = 1500;

/**
 * Lets processes live on one database and one Slack, one after the other, and kills each by SIGKILL:
 * every other one at a step of the way of a mention, in turn, the others anywhere. Then one lives on
 * until all is at rest, and everything is counted.
 */
export async function killMany(options: KillOptions): Promise<KillReport> {
  const began = performance.now();
  const world = await openWorld(options);
  const herd = createHerd(options.program);
  const report = { kills: {}, strayed: {} } as Pick<KillReport, 'kills' | 'strayed'>;
  try {
    await baseline(world, herd);
    const draw = createLots(options.seed);
    const steps = options.steps ?? Object.keys(STEPS);
    for (let run = 0; run < options.runs && !options.signal?.aborted; run += 1) {
      if (run % 2 === 0) await dieAt(world, herd, steps[(run / 2) % steps.length]!, report);
      else await dieAnywhere(world, herd, draw, report);
      options.onKill?.(run + 1);
    }
    const last = await herd.run({ env: world.env });
    await rest(world, last);
    const counted = await audit(world);
    last.kill();
    await last.dead;
    return { ...report, ...counted, seconds: (performance.now() - began) / 1000 };
  } finally {
    herd.close();
    await world.close();
  }
}

/** The first look at a source is silent, so nothing counts before it. */
async function baseline(world: World, herd: Herd): Promise<void> {
  const life = await herd.run({ env: world.env });
  await until('every source was heard once', life, REST_MS, async () => {
    const [row] = await world.db('sources').whereNull('last_success_at').count({ total: '*' });
    return Number(row!['total']) === 0;
  });
  life.kill();
  await life.dead;
}

async function dieAt(
  world: World,
  herd: Herd,
  step: string,
  report: Pick<KillReport, 'kills' | 'strayed'>,
): Promise<void> {
  const stimulus = STEPS[step]!;
  // What is in the database, or at the source, before a process begins.
  if (stimulus === 'say') world.say();
  if (stimulus === 'delete') await world.takeDown();
  if (stimulus === 'expire') await world.age();
  const life = await herd.run({ env: world.env, step });
  const patience = setTimeout(() => {
    report.strayed[step] = (report.strayed[step] ?? 0) + 1;
    life.kill();
  }, REACH_MS);
  if (await life.started) await stimulate(world, life, stimulus);
  await life.dead;
  clearTimeout(patience);
  assertUnbroken(life);
  report.kills[step] = (report.kills[step] ?? 0) + 1;
}

/** What a living process is asked for. */
async function stimulate(world: World, life: Life, stimulus: Stimulus): Promise<void> {
  if (stimulus === 'delete') life.tell('sweep');
  const act = stimulus === 'claim' ? world.claim : stimulus === 'answer' ? world.answer : null;
  if (act === null) return;
  // There is always something to claim in the end, since what was said becomes cards; and whoever
  // sees that nothing came of a click clicks again.
  while (!life.isDead()) {
    await Promise.race([life.dead, pause((await act()) ? AGAIN_MS : LOOK_MS)]);
  }
}

async function dieAnywhere(
  world: World,
  herd: Herd,
  draw: (below: number) => number,
  report: Pick<KillReport, 'kills'>,
): Promise<void> {
  world.say();
  const isCounted = draw(2) === 0;
  const calls = isCounted ? { calls: 1 + draw(MOST_CALLS) } : {};
  const life = await herd.run({ env: world.env, ...calls });
  if (await life.started) {
    const lot = draw(4);
    if (lot === 0) await world.claim();
    if (lot === 1) await world.answer();
    if (lot === 2 && (await world.takeDown())) life.tell('sweep');
    const patience = setTimeout(life.kill, draw(MOST_MS) + (isCounted ? MOST_MS : 0));
    await life.dead;
    clearTimeout(patience);
  }
  assertUnbroken(life);
  report.kills['random'] = (report.kills['random'] ?? 0) + 1;
}

/** A process that ends by itself is a bug, and not a kill. */
function assertUnbroken(life: Life): void {
  if (life.errors().includes('Error')) throw new Error(life.errors());
}

function rest(world: World, life: Life): Promise<void> {
  return until('all is at rest', life, REST_MS, () => isAtRest(world));
}

async function until(
  what: string,
  life: Life,
  patienceMs: number,
  holds: () => Promise<boolean>,
): Promise<void> {
  const end = performance.now() + patienceMs;
  while (!(await holds())) {
    if (life.isDead()) throw new Error(`the process died before ${what}: ${life.errors()}`);
    if (performance.now() > end) throw new Error(`waited in vain until ${what}`);
    await pause(LOOK_MS);
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Mulberry32: small, and the same everywhere. */
function createLots(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
