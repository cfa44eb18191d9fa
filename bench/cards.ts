/**
 * What Slack sees of Earshot: how many cards a second it posts when nobody slows it down, and how
 * long a click waits for its acknowledgement, and for the card to show it, while 50 people click.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { DEFAULT_SETTINGS } from '../src/core/ports.ts';
import { openDatabase } from '../src/store/db.ts';
import { createStores } from '../src/store/index.ts';
import { migrateUp } from '../src/store/migrate.ts';
import { sampleKeyword, sampleMention, samplePoll, sampleSource } from '../test/helpers/samples.ts';
import { CHANNEL, TEAM, type SlackStandin } from '../test/helpers/slack-standin.ts';
import { quantile, type Figure, type Section } from './figures.ts';
import { openPlace, type Place } from './process.ts';

const CARDS = 500;
const USERS = 50;
/** Clicks of each person in a run: claim, release, claim, ... */
const CLICKS = 10;
/** A person clicks about as often. */
const THINKING_MS = 1000;
const RUNS = 3;

export async function run(): Promise<Section> {
  const rates: number[] = [];
  const clicks: Clicked[][] = [];
  for (let turn = 0; turn < RUNS; turn += 1) {
    const place = await openPlace();
    try {
      await fill(place.databaseUrl);
      const { cards, perSecond } = await publish(place);
      rates.push(perSecond);
      clicks.push(await clickAll(place.slack, cards));
    } finally {
      await place.end();
    }
  }
  return {
    title: 'Cards and clicks',
    about: `Earshot as a process of its own on SQLite and a stand-in for Slack on loopback, with the pace that real Slack asks for switched off. ${CARDS} mentions wait to be published, each a card and a line in its thread. Then ${USERS} people, each with a card of their own, claim and release ${CLICKS} times, about once a second.`,
    figures: [
      { ...{ what: 'published', who: 'Earshot', unit: 'cards/s', better: 'more' }, runs: rates },
      ...latencies('click acknowledged', clicks, ({ acknowledged }) => acknowledged),
      ...latencies('card shows the click', clicks, ({ shown }) => shown),
    ],
    notes: [`${USERS * CLICKS} clicks a run`],
  };
}

/** All that is found and not published yet. */
async function fill(databaseUrl: string): Promise<void> {
  const db = await openDatabase(databaseUrl);
  await migrateUp(db);
  const stores = createStores(db);
  const at = new Date();
  await stores.workspaces.save({ id: TEAM, name: 'Bench', botUserId: 'UBOT', createdAt: at });
  await stores.workspaces.changeSettings(TEAM, {
    ...DEFAULT_SETTINGS,
    ...{ channelId: CHANNEL, burstCards: 1_000_000, stormFrom: 1_000_000 },
  });
  await stores.keywords.add(sampleKeyword({ workspaceId: TEAM, id: 'k1' }));
  const source = sampleSource({ workspaceId: TEAM, id: 's1', paused: true });
  await stores.sources.add(source);
  const mentions = Array.from({ length: CARDS }, (_, number) =>
    sampleMention({
      ...{ workspaceId: TEAM, keywordId: 'k1', sourceId: 's1', status: 'detected' },
      ...{ foundAt: at, publishedAt: at, url: `https://forum.example/${number}` },
    }),
  );
  await stores.sources.commitPoll(samplePoll(source, mentions));
  await db.destroy();
}

async function publish({ slack, start }: Place): Promise<{ cards: string[]; perSecond: number }> {
  const cards = () => [...slack.messages.values()].filter(({ threadTs }) => threadTs === null);
  await start(['--import', 'tsx', 'test/helpers/earshot-process.ts']);
  let first = 0;
  await slack.until('the first card is there', () => slack.messages.size > 0, 120);
  first = performance.now();
  await slack.until(
    'all cards and lines are there',
    () => slack.messages.size >= 2 * CARDS && cards().length >= CARDS,
    300,
  );
  const seconds = (performance.now() - first) / 1000;
  return { cards: cards().map(({ ts }) => ts), perSecond: (CARDS - 1) / seconds };
}

interface Clicked {
  /** Milliseconds until Slack had the acknowledgement, and the card as it is then. */
  acknowledged: number;
  shown: number;
}

async function clickAll(slack: SlackStandin, cards: readonly string[]): Promise<Clicked[]> {
  const people = Array.from({ length: USERS }, (_, number) => `U${number}SAMPLE`);
  for (const id of people) slack.people.set(id, { name: id, isAdmin: false });
  slack.members.set(CHANNEL, [...people, 'UBOT']);
  const all = people.map(async (userId, number) => {
    const ts = cards[number]!;
    const clicked: Clicked[] = [];
    await pause((number / USERS) * THINKING_MS);
    for (let turn = 0; turn < CLICKS; turn += 1) {
      const before = slack.messages.get(ts)!.blocks;
      const began = performance.now();
      await slack.press(userId, { message: ts }, turn % 2 === 0 ? 'Claim' : 'Release');
      const acknowledged = performance.now() - began;
      await slack.until('the card shows it', () => slack.messages.get(ts)!.blocks !== before);
      clicked.push({ acknowledged, shown: performance.now() - began });
      await pause(THINKING_MS);
    }
    return clicked;
  });
  return (await Promise.all(all)).flat();
}

function latencies(
  what: string,
  runs: readonly Clicked[][],
  of: (clicked: Clicked) => number,
): Figure[] {
  const sorted = runs.map((run) => run.map(of).sort((a, b) => a - b));
  const figure = (part: number, name: string): Figure => ({
    ...{ what: `${what}, ${name}`, who: 'Earshot', unit: 'ms', better: 'less' },
    runs: sorted.map((run) => quantile(run, part)),
  });
  return [figure(0.5, 'median'), figure(0.99, 'p99')];
}
