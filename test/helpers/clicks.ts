import type { Mention } from '../../src/core/mention.ts';
import { drain } from '../../src/flows/tell/outbox.ts';
import { BOT, CHANNEL } from './slack-standin.ts';
import type { SlackWorld } from './slack-world.ts';

export interface Clicked {
  /** From sending the click down the socket until its acknowledgement, in milliseconds, sorted. */
  acknowledged: number[];
  /** From the first click until the last card and line were there, in milliseconds. */
  settled: number;
  cards: Mention[];
}

export const CLICKS = { people: 50, cards: 200, each: 20 } as const;

/** Fifty people in the channel, and two hundred open cards. */
export async function furnish(it: SlackWorld): Promise<Mention[]> {
  const people = Array.from({ length: CLICKS.people }, (_, at) => `U${at + 100}SAMPLE`);
  for (const id of people) it.slack.people.set(id, { name: `sample ${id}`, isAdmin: false });
  it.slack.members.set(CHANNEL, [...people, BOT]);
  await it.found(...Array.from({ length: CLICKS.cards }, () => ({})));
  await drain(it, it.workspaceId);
  return it.stores.mentions.list(it.workspaceId, { statuses: ['open'] });
}

/**
 * Everybody claims twenty cards, one after the other and all of them at once: five people want each
 * card. `hurry`: nobody waits for an acknowledgement before the next click.
 */
export async function clickAll(it: SlackWorld, hurry = false): Promise<Clicked> {
  const cards = await furnish(it);
  const people = it.slack.members.get(CHANNEL)?.filter((id) => id !== BOT) ?? [];
  const acknowledged: number[] = [];
  const start = performance.now();

  async function click(person: string, card: Mention): Promise<void> {
    const sent = performance.now();
    await it.slack.press(person, { message: card.cardTs ?? '' }, 'Claim');
    acknowledged.push(performance.now() - sent);
  }

  // A claimed card shows no "Claim" any more, but who is late has it before their eyes still.
  const before = new Map(
    cards.map(({ cardTs }) => [cardTs, it.slack.messages.get(cardTs ?? '')?.blocks ?? []]),
  );
  async function clicksOf(person: string, at: number): Promise<void> {
    const own = Array.from({ length: CLICKS.each }, (_, n) => {
      return cards[((at % 10) * CLICKS.each + n) % cards.length]!;
    });
    const all: Promise<void>[] = [];
    for (const card of own) {
      const shown = it.slack.messages.get(card.cardTs ?? '')!;
      const now = shown.blocks;
      shown.blocks = before.get(card.cardTs) ?? [];
      const clicked = click(person, card);
      shown.blocks = now;
      if (hurry) all.push(clicked);
      else await clicked;
    }
    await Promise.all(all);
  }

  await Promise.all(people.map((person, at) => clicksOf(person, at)));
  const claims = () =>
    [...it.slack.messages.values()].filter(({ text }) => text.startsWith('claimed by ')).length;
  const told = () => it.slack.ephemerals.length;
  const late = people.length * CLICKS.each - cards.length;
  await it.slack.until('each card has its line', () => claims() >= cards.length, 120);
  await it.slack.until('everybody who was late knows', () => told() >= late, 120);
  const settled = performance.now() - start;
  return { acknowledged: acknowledged.sort((a, b) => a - b), settled, cards };
}

/** The value under which this share of sorted numbers lies. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
