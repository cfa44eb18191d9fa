import { SYSTEM, type Mention } from '../../core/mention.ts';
import type { Storm, Stores, Without } from '../../core/ports.ts';
import { mayNotWait } from '../../core/storm/storm.ts';
import { change } from '../change.ts';
import { readChannels, type ChannelOf } from './channels.ts';
import { showHeld } from './held.ts';
import { clearHomes } from './homes.ts';
import { publishMention, type Published, type PublishDeps } from './publish.ts';
import { drawStorms, followStorms, pastStorms } from './storm.ts';

export interface OutboxDeps extends PublishDeps {
  stores: PublishDeps['stores'] & Pick<Stores, 'storms' | 'heldNotes'>;
}

/** How many rows one look at the outbox takes up. */
const BATCH = 500;
/** New cards before it is asked anew which one is the worst. */
const CARDS = 20;
/** How many of those that wait are looked at, and counted. */
const WAITING = 3000;
/** The stretch in which a channel gets no more new cards than the settings say. */
const BURST_MS = 5 * 60_000;
/** What a storm left behind comes no faster, or its end would be a flood. */
const WAKE_CARDS = 10;

/** How long a channel that refuses is left aside. */
const ASIDE_MS = 5 * 60_000;
/** A mention longer, so that the next try of its channel is made with others. */
const MENTION_ASIDE_MS = 3 * ASIDE_MS;
/** So many refusals of one channel after one another are the channel's. */
const CHANNEL_REFUSES = 3;

/** What has to wait is looked at again at the next look. */
const RESTING_MS = 60_000;
/** Minutes without new messages after so many that Slack broke off, one after another. */
const DOUBTS: readonly number[] = [0, 0, 1, 3, 7, 15];

/**
 * What Slack refused a while ago: a channel that Earshot was removed from must not hold up the
 * others, nor be asked for each of its cards every minute; and a Slack that takes messages and
 * breaks off its answers is given ever fewer. Kept in memory: who starts anew may ask.
 */
export interface Aside {
  /** What is left aside now. */
  now(at: Date): Without;
  /** How publishing a mention ended; `isPost`: it wanted a new message. */
  heard(mention: Heard, outcome: Published, at: Date): void;
  /** How many new messages Slack broke off, one after another. */
  doubts(): number;
  /** Whether nothing new is sent now, since it would be broken off. */
  isDoubtful(at: Date): boolean;
}

interface Heard {
  id: string;
  channelId: string | null;
  isPost: boolean;
}

export function createAside(): Aside {
  const mentions = new Map<string, number>();
  const channels = new Map<string, number>();
  const refusals = new Map<string, number>();
  let doubts = 0;
  let doubtfulUntil = 0;
  const left = (until: Map<string, number>, at: Date) => {
    for (const [id, end] of until) if (end <= at.getTime()) until.delete(id);
    return [...until.keys()];
  };
  return {
    now: (at) => ({ mentionIds: left(mentions, at), channelIds: left(channels, at) }),
    doubts: () => doubts,
    isDoubtful: (at) => doubtfulUntil > at.getTime(),
    heard({ id, channelId, isPost }, outcome, at) {
      if (outcome === 'done' && isPost) doubts = 0;
      if (outcome === 'doubtful' && isPost) {
        doubts += 1;
        const minutes = DOUBTS[Math.min(doubts, DOUBTS.length - 1)] ?? 0;
        doubtfulUntil = at.getTime() + minutes * 60_000;
      }
      if (outcome === 'resting') mentions.set(id, at.getTime() + RESTING_MS);
      if (outcome !== 'refused') {
        if (channelId !== null) refusals.delete(channelId);
        return;
      }
      mentions.set(id, at.getTime() + MENTION_ASIDE_MS);
      if (channelId === null) return;
      const count = (refusals.get(channelId) ?? 0) + 1;
      refusals.set(channelId, count);
      if (count >= CHANNEL_REFUSES) channels.set(channelId, at.getTime() + ASIDE_MS);
    },
  };
}

/**
 * The outbox of one workspace is the rows themselves. First the cards that show too little, then
 * new cards, the worst first and no more in five minutes than a person can read, then the lines that
 * miss in threads: nobody waits for those, since a click brings its own. Ends early when Slack is
 * unwell; the rows remember the rest. What Slack refuses is left aside for a while.
 */
export async function drain(
  deps: OutboxDeps,
  workspaceId: string,
  aside = createAside(),
): Promise<void> {
  const { mentions } = deps.stores;
  await clearHomes(deps, workspaceId);
  const isPost = ({ cardTs }: Mention) => cardTs === null;
  const isWell = await publishAll(deps, workspaceId, aside, isPost, (without) =>
    mentions.stale(workspaceId, BATCH, without),
  );
  if (!isWell || aside.isDoubtful(deps.clock())) return;
  if (aside.doubts() > 0 && !(await deps.notifier.answers(workspaceId))) return;
  const channelOf = await readChannels(deps.stores, workspaceId);
  const storms = await followStorms(deps, workspaceId, channelOf);
  await drawStorms(deps, workspaceId, channelOf);
  const past = await pastStorms(deps, workspaceId);
  const turns = () =>
    readTurns(deps, workspaceId, { channelOf, storms, past, without: aside.now(deps.clock()) });
  let current = await turns();
  while (current.now.length > 0) {
    for (const mention of current.now.slice(0, CARDS)) {
      const channelId = channelOf(mention);
      const outcome = await publishNew(deps, mention, channelId);
      aside.heard({ id: mention.id, channelId, isPost: true }, outcome, deps.clock());
      if (isPassing(outcome)) return;
    }
    current = await turns();
  }
  await showHeld(deps, workspaceId, current.held);
  const always = () => true;
  await publishAll(deps, workspaceId, aside, always, async (without) => {
    const ids = await mentions.unlogged(workspaceId, BATCH, without);
    const found = await Promise.all(ids.map((id) => mentions.find(workspaceId, id)));
    return found.filter((mention) => mention !== null);
  });
}

/** Whether it is better to send nothing more now. */
function isPassing(outcome: Published): boolean {
  return outcome === 'later' || outcome === 'doubtful';
}

/**
 * Publishes one batch after another, until none is left or Slack is unwell (false). `isPost`: which
 * of them want a new message; while those would be broken off, they wait.
 */
async function publishAll(
  deps: OutboxDeps,
  workspaceId: string,
  aside: Aside,
  isPost: (mention: Mention) => boolean,
  read: (without: Without) => Promise<Mention[]>,
): Promise<boolean> {
  const seen = new Set<string>();
  for (;;) {
    const batch = await read(aside.now(deps.clock()));
    const isNew = batch.some(({ id }) => !seen.has(id));
    for (const mention of batch) {
      const { id, channelId } = mention;
      seen.add(id);
      const { channelIds } = aside.now(deps.clock());
      if (channelId !== null && channelIds.includes(channelId)) continue;
      if (isPost(mention) && aside.isDoubtful(deps.clock())) continue;
      const outcome = await publishMention(deps, workspaceId, id);
      aside.heard({ id, channelId, isPost: isPost(mention) }, outcome, deps.clock());
      if (isPassing(outcome)) return false;
    }
    if (batch.length < BATCH || !isNew) return true;
  }
}

interface Turns {
  /** The worst first. */
  now: Mention[];
  /** By channel: those that are over what a channel gets in five minutes. */
  held: Map<string, Mention[]>;
}

interface Weather {
  channelOf: ChannelOf;
  /** The storms that last, and when past ones ended, by channel. */
  storms: ReadonlyMap<string, Storm>;
  past: ReadonlyMap<string, Date>;
  without: Without;
}

/** Whose turn it is. Behind a storm all wait until somebody takes them up, but for those in danger. */
async function readTurns(
  { stores, clock }: OutboxDeps,
  workspaceId: string,
  { channelOf, storms, past, without }: Weather,
): Promise<Turns> {
  const waiting = await stores.mentions.waiting(workspaceId, WAITING);
  const turns: Turns = { now: [], held: new Map() };
  if (waiting.length === 0) return turns;
  const { burstCards } = await stores.workspaces.settings(workspaceId);
  const posted = await stores.mentions.posted(workspaceId, new Date(clock().getTime() - BURST_MS));
  for (const mention of waiting) {
    const channelId = channelOf(mention);
    if (channelId === null || without.channelIds.includes(channelId)) continue;
    if (without.mentionIds.includes(mention.id)) continue;
    if (storms.has(channelId) && !mayNotWait(mention.verdict.severity)) continue;
    const before = posted.get(channelId) ?? 0;
    const endedAt = past.get(channelId);
    const isWake = endedAt !== undefined && mention.foundAt <= endedAt;
    if (before < (isWake ? Math.min(WAKE_CARDS, burstCards) : burstCards)) {
      posted.set(channelId, before + 1);
      turns.now.push(mention);
    } else {
      const held = turns.held.get(channelId);
      if (held === undefined) turns.held.set(channelId, [mention]);
      else held.push(mention);
    }
  }
  return turns;
}

/** The first card of a mention: committed as open before Slack hears of it. */
async function publishNew(
  deps: PublishDeps,
  { workspaceId, id }: Mention,
  channelId: string | null,
): Promise<Published> {
  if (channelId === null) return 'refused';
  if ((await deps.isStillThere?.(workspaceId, id)) === false) return 'refused';
  await change(deps, workspaceId, id, { type: 'post', actor: SYSTEM, channelId });
  return publishMention(deps, workspaceId, id, 'card');
}

/**
 * One drain at a time for each workspace. Who asks while one is under way gets another one after
 * it, so that what came meanwhile is not left for the next minute.
 */
export function createOutbox(deps: OutboxDeps): (workspaceId: string) => Promise<void> {
  const running = new Map<string, { again: boolean; done: Promise<void> }>();
  const aside = createAside();
  return (workspaceId) => {
    const current = running.get(workspaceId);
    if (current !== undefined) {
      current.again = true;
      return current.done;
    }
    const run = { again: false, done: Promise.resolve() };
    running.set(workspaceId, run);
    run.done = (async () => {
      try {
        do {
          run.again = false;
          await drain(deps, workspaceId, aside);
        } while (run.again);
      } finally {
        running.delete(workspaceId);
      }
    })();
    return run.done;
  };
}
