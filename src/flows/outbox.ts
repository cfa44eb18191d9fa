import { SYSTEM, type Mention } from '../core/mention.ts';
import type { Storm, Stores } from '../core/ports.ts';
import { mayNotWait } from '../core/storm.ts';
import { change } from './change.ts';
import { readChannels, type ChannelOf } from './channels.ts';
import { showHeld } from './held.ts';
import { publishMention, type Published, type PublishDeps } from './publish.ts';
import { drawStorms, followStorms } from './storm.ts';

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

/**
 * The outbox of one workspace is the rows themselves. First the cards that show too little, then
 * new cards, the worst first and no more in five minutes than a person can read, then the lines that
 * miss in threads: nobody waits for those, since a click brings its own. Ends early when Slack is
 * unwell; the rows remember the rest.
 */
export async function drain(deps: OutboxDeps, workspaceId: string): Promise<void> {
  const { mentions } = deps.stores;
  for (const { id } of await mentions.stale(workspaceId, BATCH)) {
    if ((await publishMention(deps, workspaceId, id)) === 'later') return;
  }
  const channelOf = await readChannels(deps.stores, workspaceId);
  const storms = await followStorms(deps, workspaceId, channelOf);
  await drawStorms(deps, workspaceId, channelOf);
  let turns = await readTurns(deps, workspaceId, channelOf, storms);
  while (turns.now.length > 0) {
    let posted = 0;
    for (const mention of turns.now.slice(0, CARDS)) {
      const outcome = await publishNew(deps, mention, channelOf(mention));
      if (outcome === 'later') return;
      if (outcome === 'done') posted += 1;
    }
    turns = await readTurns(deps, workspaceId, channelOf, storms);
    if (posted === 0) break;
  }
  await showHeld(deps, workspaceId, turns.held);
  for (const id of await mentions.unlogged(workspaceId, BATCH)) {
    if ((await publishMention(deps, workspaceId, id)) === 'later') return;
  }
}

interface Turns {
  /** The worst first. */
  now: Mention[];
  /** By channel: those that are over what a channel gets in five minutes. */
  held: Map<string, Mention[]>;
}

/** Whose turn it is. Behind a storm all wait until somebody takes them up, but for those in danger. */
async function readTurns(
  { stores, clock }: OutboxDeps,
  workspaceId: string,
  channelOf: ChannelOf,
  storms: ReadonlyMap<string, Storm>,
): Promise<Turns> {
  const waiting = await stores.mentions.waiting(workspaceId, WAITING);
  const turns: Turns = { now: [], held: new Map() };
  if (waiting.length === 0) return turns;
  const { burstCards } = await stores.workspaces.settings(workspaceId);
  const posted = await stores.mentions.posted(workspaceId, new Date(clock().getTime() - BURST_MS));
  for (const mention of waiting) {
    const channelId = channelOf(mention);
    if (channelId === null) continue;
    if (storms.has(channelId) && !mayNotWait(mention.verdict.severity)) continue;
    const before = posted.get(channelId) ?? 0;
    if (before < burstCards) {
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
          await drain(deps, workspaceId);
        } while (run.again);
      } finally {
        running.delete(workspaceId);
      }
    })();
    return run.done;
  };
}
