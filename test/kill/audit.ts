import { TEAM } from '../helpers/slack-standin.ts';
import type { World } from './world.ts';

/** What a run counts when everybody has come to rest; the first four must be 0. */
export interface Audit {
  mentionsLost: number;
  linesLost: number;
  /** Cards that stand beside the one that the database knows, after each was touched once. */
  cardsDoubled: number;
  claimsWonTwice: number;
  /** Versions of a mention without their event, and the other way round. */
  brokenHistories: number;
  said: number;
  mentions: number;
  events: number;
  /** Spare cards that stood until somebody touched them, and lines that were told twice. */
  cardsDoubledUntilTouched: number;
  linesTwice: number;
}

/** Whether the database has nothing more to say to Slack, and has heard all that was said. */
export async function isAtRest({ stores, db, said }: World): Promise<boolean> {
  const { mentions } = stores;
  if ((await countRows(db, 'mentions')) < said()) return false;
  if ((await mentions.waiting(TEAM, 1)).length > 0) return false;
  if ((await mentions.stale(TEAM, 1)).length > 0) return false;
  return (await mentions.unlogged(TEAM, 1)).length === 0;
}

interface MentionRow {
  id: string;
  version: number;
  card_ts: string | null;
}

interface EventRow {
  id: string;
  mention_id: string;
  type: string;
  version: number;
  log_ts: string | null;
}

/** Counts, with a process still running, so that spare cards can be touched. */
export async function audit(world: World): Promise<Audit> {
  const { db, slack, said } = world;
  const mentions = (await db('mentions').select('id', 'version', 'card_ts')) as MentionRow[];
  const events = (await db('events')
    .select('id', 'mention_id', 'type', 'version', 'log_ts')
    .orderBy(['mention_id', 'version', 'id'])) as EventRow[];
  const eventsOf = new Map<string, EventRow[]>(mentions.map(({ id }) => [id, []]));
  for (const event of events) eventsOf.get(event.mention_id)?.push(event);
  const cardOf = new Map(mentions.map(({ id, card_ts: ts }) => [id, ts]));

  const spare = spareCards(world, cardOf);
  for (const ts of spare) await touch(world, ts);
  const isGone = () => spareCards(world, cardOf).length === 0;
  // Whether they are gone is what is counted, so nobody insists.
  await slack.until('the touched spare cards are gone', isGone, 30).catch(() => undefined);

  return {
    mentionsLost: said() - mentions.length,
    linesLost: lostLines(world, events, cardOf),
    cardsDoubled: spareCards(world, cardOf).length,
    claimsWonTwice: [...eventsOf.values()].filter(wonTwice).length,
    brokenHistories: mentions.filter(({ id, version }) => {
      const versions = new Set(eventsOf.get(id)?.map((event) => event.version));
      return versions.size !== version - 1;
    }).length,
    said: said(),
    mentions: mentions.length,
    events: events.length,
    cardsDoubledUntilTouched: spare.length,
    linesTwice: linesTwice(world),
  };
}

/** Top messages that are a card of a mention, but not the one that its row knows. */
function spareCards({ slack }: World, cardOf: ReadonlyMap<string, string | null>): string[] {
  return [...slack.messages.values()].flatMap(({ ts, threadTs, metadata }) => {
    const id = (metadata as { event_payload?: { mention_id?: string } } | null)?.event_payload
      ?.mention_id;
    return threadTs === null && id !== undefined && cardOf.get(id) !== ts ? [ts] : [];
  });
}

/** Presses whatever the card offers, as somebody would who takes it for the right one. */
async function touch({ slack }: World, ts: string): Promise<void> {
  const shown = JSON.stringify(slack.messages.get(ts)?.blocks ?? []);
  const button = ['Claim', 'Release', 'Log answer', 'Reopen', 'Dismiss'].find((text) =>
    shown.includes(`"${text}"`),
  );
  if (button !== undefined) await slack.press('U1SAM', { message: ts }, button);
}

/** An event that the thread of its card does not show, though it was to be told there. */
function lostLines(
  { slack }: World,
  events: readonly EventRow[],
  cardOf: ReadonlyMap<string, string | null>,
): number {
  return events.filter(({ log_ts: ts, mention_id: id, type }) => {
    // The card itself says that it was posted.
    if (ts === null) return type === 'claimed' || type === 'answered';
    const line = slack.messages.get(ts);
    return line?.threadTs !== cardOf.get(id);
  }).length;
}

function linesTwice({ slack }: World): number {
  const keys = [...slack.messages.values()].flatMap(
    ({ metadata }) =>
      (metadata as { event_payload?: { key?: string } } | null)?.event_payload?.key ?? [],
  );
  return keys.length - new Set(keys).size;
}

/** Two claims without anything in between that gave the first one up. */
function wonTwice(events: readonly EventRow[]): boolean {
  let isClaimed = false;
  for (const { type } of events) {
    if (type === 'claimed') {
      if (isClaimed) return true;
      isClaimed = true;
    } else if (type === 'released' || type === 'reopened') isClaimed = false;
  }
  return false;
}

async function countRows(db: World['db'], table: string): Promise<number> {
  const [row] = await db(table).count({ total: '*' });
  return Number(row!['total']);
}
