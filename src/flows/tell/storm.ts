import type { Actor, Mention, Status } from '../../core/mention.ts';
import { postBody } from '../../core/post.ts';
import type { Arrivals, NewId, Storm, StormView, Stores } from '../../core/ports.ts';
import { groupsOf, sketch } from '../../core/storm/similar.ts';
import {
  beganAt,
  chartOf,
  inOrder,
  KNOWN_AFTER_MS,
  loudest,
  mayBeAlike,
  SLOT_MS,
  stormEnds,
  stormStarts,
  USUAL_SINCE_MS,
  windOf,
} from '../../core/storm/storm.ts';
import { change } from '../change.ts';
import { readChannels, type ChannelOf } from './channels.ts';
import { REDRAW_MS } from './held.ts';
import { publishMention, type PublishDeps } from './publish.ts';
import { sendOnce } from './send.ts';

export interface StormDeps extends PublishDeps {
  stores: PublishDeps['stores'] & Pick<Stores, 'storms'>;
  newId: NewId;
}

const HOUR_MS = 3_600_000;
/** Mentions that are compared with each other. */
const COMPARED = 300;
/** Mentions that a storm's card tells of; more are as many. */
const TOLD = 3000;
/** After its end a storm's card still says what became of its mentions. */
const AFTER_MS = 24 * HOUR_MS;
/** Stretches of ten minutes in the chart: three hours. */
const CHART = 18;
const WORDS = 6;
const PLACES = 4;

/**
 * Looks at how much was found in each channel, begins the storms that begin and ends those that
 * end; returns the ones that last, by channel. All is computed from the database.
 */
export async function followStorms(
  deps: StormDeps,
  workspaceId: string,
  channelOf: ChannelOf,
): Promise<Map<string, Storm>> {
  const { mentions, storms, workspaces } = deps.stores;
  const now = deps.clock();
  const [{ stormFrom }, workspace] = await Promise.all([
    workspaces.settings(workspaceId),
    workspaces.find(workspaceId),
  ]);
  const age = workspace === null ? 0 : now.getTime() - workspace.createdAt.getTime();
  const isUsualKnown = age >= KNOWN_AFTER_MS;
  const slots = byChannel(
    await mentions.arrivals(workspaceId, new Date(now.getTime() - USUAL_SINCE_MS)),
    channelOf,
  );
  const lasting = new Map<string, Storm>();
  for (const storm of await storms.since(workspaceId, now)) {
    if (storm.endedAt === null) lasting.set(storm.channelId, storm);
  }
  for (const channelId of new Set([...slots.keys(), ...lasting.keys()])) {
    const own = slots.get(channelId) ?? [];
    const wind = windOf(own, now);
    const alike = mayBeAlike(wind)
      ? await largestGroup(deps, workspaceId, channelId, channelOf)
      : 0;
    const storm = lasting.get(channelId);
    const reason = storm === undefined ? stormStarts(wind, alike, stormFrom, isUsualKnown) : null;
    if (reason !== null) {
      const begun = beginning(deps, workspaceId, channelId, beganAt(own, wind, now));
      // Another machine may have been faster; its storm is found at the next look.
      if (!(await storms.add({ ...begun, reason }))) continue;
      lasting.set(channelId, { ...begun, reason });
      deps.log.info({ channelId, reason, ...wind, alike }, 'a storm has begun');
    } else if (storm !== undefined && stormEnds(wind, alike, storm.startedAt, now)) {
      await storms.note(workspaceId, storm.id, { endedAt: now });
      lasting.delete(channelId);
      deps.log.info({ channelId, ...wind }, 'a storm has ended');
    }
  }
  return lasting;
}

/** When the last storm of each channel ended, of those that left a wake until now. */
export async function pastStorms(
  { stores, clock }: StormDeps,
  workspaceId: string,
): Promise<Map<string, Date>> {
  const after = new Date(clock().getTime() - AFTER_MS);
  const ended = new Map<string, Date>();
  for (const { channelId, endedAt } of await stores.storms.since(workspaceId, after)) {
    if (endedAt !== null && endedAt > (ended.get(channelId) ?? after))
      ended.set(channelId, endedAt);
  }
  return ended;
}

function byChannel(arrivals: readonly Arrivals[], channelOf: ChannelOf): Map<string, Arrivals[]> {
  const found = new Map<string, Arrivals[]>();
  for (const one of arrivals) {
    const channelId = channelOf(one);
    if (channelId !== null) found.set(channelId, [...(found.get(channelId) ?? []), one]);
  }
  return found;
}

/** It began with its first mentions, not when there were enough of them. */
function beginning(
  deps: StormDeps,
  workspaceId: string,
  channelId: string,
  startedAt: Date,
): Omit<Storm, 'reason'> {
  return {
    ...{ workspaceId, channelId, id: deps.newId(), startedAt },
    ...{ endedAt: null, claimedBy: null, ts: null, drawnAt: null, drawn: null },
  };
}

/** How many of the last hour say nearly the same. */
async function largestGroup(
  { stores, clock }: StormDeps,
  workspaceId: string,
  channelId: string,
  channelOf: ChannelOf,
): Promise<number> {
  const from = new Date(clock().getTime() - HOUR_MS);
  const recent = await stores.mentions.list(workspaceId, { from }, { limit: COMPARED });
  const own = recent.filter((one) => one.status !== 'quiet' && channelOf(one) === channelId);
  return groupsOf(own.map((mention) => sketch(textOf(mention))))[0]?.length ?? 0;
}

function textOf({ title, text }: Mention): string {
  return postBody({ title, text: text ?? '' });
}

/**
 * Draws the cards of storms, each at most every half minute, and only when something changed. One
 * that somebody just did something to (`pressed`) is drawn at once.
 */
export async function drawStorms(
  deps: StormDeps,
  workspaceId: string,
  channelOf: ChannelOf,
  pressed: string | null = null,
): Promise<void> {
  const now = deps.clock();
  const after = new Date(now.getTime() - AFTER_MS);
  for (const { id } of await deps.stores.storms.since(workspaceId, after)) {
    await deps.serially(`${workspaceId} storm ${id}`, async () => {
      const storm = await deps.stores.storms.find(workspaceId, id);
      if (storm === null) return;
      const age = storm.drawnAt === null ? Infinity : now.getTime() - storm.drawnAt.getTime();
      if (age >= REDRAW_MS || id === pressed) await draw(deps, storm, channelOf);
    });
  }
}

async function draw(deps: StormDeps, storm: Storm, channelOf: ChannelOf): Promise<void> {
  const { workspaceId, id, channelId, ts } = storm;
  const view = await viewOf(deps, storm, channelOf);
  // No word of anybody is kept here: figures only.
  const { storm: _, words: __, places: ___, ...figures } = view;
  const drawn = JSON.stringify([figures, storm.claimedBy, storm.endedAt]);
  if (drawn === storm.drawn) return;
  const board = { kind: 'storm', ...view } as const;
  const posting = { workspaceId, key: `storm ${id}`, channelId, threadTs: null };
  const sent =
    ts === null
      ? await sendOnce(deps, posting, () =>
          deps.notifier.postBoard(workspaceId, board, channelId, posting.key),
        )
      : await deps.notifier.updateBoard(workspaceId, board, channelId, ts);
  const drawnAt = deps.clock();
  if (sent.ok) {
    const isOld = 'isOld' in sent && sent.isOld;
    await deps.stores.storms.note(workspaceId, id, {
      ts: sent.ts,
      ...(isOld ? {} : { drawnAt, drawn }),
    });
    if (storm.endedAt !== null) await tellEnd(deps, view);
  } else if (sent.outcome === 'gone') {
    // Whoever removed the card of a storm that is over did not want it back.
    const again = storm.endedAt === null ? { ts: null, drawn: null } : { drawn };
    await deps.stores.postings.release(posting);
    await deps.stores.storms.note(workspaceId, id, { ...again, drawnAt });
  } else {
    deps.log.warn({ channelId, cause: sent.cause }, 'Slack did not take the card of a storm');
  }
}

/**
 * That it is over is said once, at the end of the channel: its card stands far above by then. What
 * is said there is not kept up to date; the card is.
 */
async function tellEnd(deps: StormDeps, view: StormView): Promise<void> {
  const { workspaceId, id, channelId } = view.storm;
  const posting = { workspaceId, key: `storm end ${id}`, channelId, threadTs: null };
  const sent = await sendOnce(deps, posting, () =>
    deps.notifier.postBoard(workspaceId, { kind: 'storm-end', ...view }, channelId, posting.key),
  );
  if (sent.ok) await deps.stores.postings.sent(posting, sent.ts);
  else deps.log.warn({ channelId, cause: sent.cause }, 'Slack did not take the end of a storm');
}

async function viewOf(
  { stores, clock }: StormDeps,
  storm: Storm,
  channelOf: ChannelOf,
): Promise<StormView> {
  const { workspaceId, channelId, startedAt, endedAt } = storm;
  const now = clock();
  const span = { from: startedAt, ...(endedAt === null ? {} : { to: endedAt }) };
  const [all, waitingAll, keywords, sources, arrivals] = await Promise.all([
    stores.mentions.list(workspaceId, span, { limit: TOLD }),
    stores.mentions.waiting(workspaceId, TOLD),
    stores.keywords.list(workspaceId),
    stores.sources.list(workspaceId),
    stores.mentions.arrivals(workspaceId, new Date(+(endedAt ?? now) - CHART * SLOT_MS)),
  ]);
  const own = all.filter((one) => one.status !== 'quiet' && channelOf(one) === channelId);
  const waiting = waitingAll.filter(
    (one) => channelOf(one) === channelId && (endedAt === null || one.foundAt <= endedAt),
  );
  const count = (status: Status) => own.filter((one) => one.status === status).length;
  const slots = arrivals.filter((one) => channelOf(one) === channelId);
  const queries = keywords.map(({ query }) => query);
  const labels = new Map(sources.map(({ id, label }) => [id, label]));
  return {
    storm,
    found: own.length,
    waiting: waiting.length,
    oldestWaitingAt: waiting.map(({ foundAt }) => foundAt).sort((a, b) => +a - +b)[0] ?? null,
    open: count('open'),
    claimed: count('claimed'),
    answered: count('answered'),
    dismissed: count('dismissed'),
    chart: chartOf(slots, endedAt ?? now, CHART),
    words: loudest(own.map(textOf), queries, WORDS).map(({ word }) => word),
    places: tally(own.map((one) => labels.get(one.sourceId) ?? one.sourceKind)).slice(0, PLACES),
  };
}

function tally(labels: readonly string[]): { label: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts]
    .map(([label, count]) => ({ label, count }))
    .sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1));
}

/**
 * Takes the next mentions from behind a storm, by severity and age, and gives each its own card.
 * Returns how many there were; two people who ask at once get different ones.
 */
export async function bringUp(
  deps: StormDeps,
  request: { storm: Storm; actor: Actor; count: number },
): Promise<number> {
  const { storm, actor, count } = request;
  const { workspaceId, channelId } = storm;
  const channelOf = await readChannels(deps.stores, workspaceId);
  const waiting = await deps.stores.mentions.waiting(workspaceId, TOLD);
  const brought: string[] = [];
  for (const { id } of inOrder(waiting.filter((one) => channelOf(one) === channelId))) {
    if (brought.length === count) break;
    if ((await deps.isStillThere?.(workspaceId, id)) === false) continue;
    const outcome = await change(deps, workspaceId, id, { type: 'post', actor, channelId });
    if (outcome.ok) brought.push(id);
  }
  for (const id of brought) await publishMention(deps, workspaceId, id);
  await drawStorms(deps, workspaceId, channelOf, storm.id);
  return brought.length;
}

/** Takes a storm in hand. Returns null, or who had it already. */
export async function claimStorm(
  deps: StormDeps,
  { storm, actor }: { storm: Storm; actor: Actor },
): Promise<Actor | null> {
  const { workspaceId, id } = storm;
  const { storms } = deps.stores;
  const isWon = await storms.claim(workspaceId, id, actor);
  await drawStorms(deps, workspaceId, await readChannels(deps.stores, workspaceId), id);
  return isWon ? null : ((await storms.find(workspaceId, id))?.claimedBy ?? null);
}

/**
 * The touched card of a storm, where it is not the one that is on record: adopted if none is, else
 * a duplicate that a crash left behind, and removed.
 */
export async function repairStorm(
  deps: StormDeps,
  storm: Storm,
  card: { channelId: string; ts: string },
): Promise<void> {
  if (storm.ts === card.ts || storm.channelId !== card.channelId) return;
  if (storm.ts === null) {
    await deps.stores.storms.note(storm.workspaceId, storm.id, { ts: card.ts, drawn: null });
  } else {
    await deps.notifier.remove(storm.workspaceId, card.channelId, card.ts);
  }
}
