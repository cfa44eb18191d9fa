import {
  cardKey,
  lineKey,
  type Board,
  type CardView,
  type Notifier,
  type Sent,
} from '../../src/core/ports.ts';
import type { MentionEvent } from '../../src/core/mention.ts';

/** A card as a person would find it in the channel. */
export interface ShownCard {
  mentionId: string;
  status: string;
  version: number;
  lines: string[];
}

/**
 * A Slack workspace in memory, as far as the flows see it: messages with timestamps that grow,
 * threads, and the ways in which Slack refuses.
 */
export interface FakeChannel extends Notifier {
  /** What is there, by timestamp. */
  cards: Map<string, ShownCard>;
  boards: Map<string, Board>;
  notices: string[];
  /** How Slack answers from now on: null is well. */
  trouble: (Sent & { ok: false }) | null;
  /** Called after Slack took a message and before the caller hears of it; may throw: the plug. */
  afterPost: () => void;
  cardsOf(mentionId: string): ShownCard[];
  /** How `settle` answers: by what is there, or not at all. */
  maySettle: boolean;
  /** Whether it says so when it is asked whether it answers. */
  isAnswering: boolean;
}

export function fakeChannel(): FakeChannel {
  let clock = 1_000_000;
  const cards = new Map<string, ShownCard>();
  /** Timestamps of messages that are no cards, by their key. */
  const marks = new Map<string, string>();
  const nextTs = () => `${(clock += 1)}.000100`;
  const gone: Sent = { ok: false, outcome: 'gone', cause: 'message_not_found' };

  function draw(view: CardView): Omit<ShownCard, 'lines'> {
    const { id, status, version } = view.mention;
    return { mentionId: id, status, version };
  }

  const channel: FakeChannel = {
    cards,
    boards: new Map(),
    notices: [],
    trouble: null,
    maySettle: true,
    isAnswering: true,
    afterPost: () => undefined,
    cardsOf: (mentionId) => [...cards.values()].filter((card) => card.mentionId === mentionId),

    async postCard(view) {
      if (channel.trouble) return channel.trouble;
      const ts = nextTs();
      cards.set(ts, { ...draw(view), lines: [] });
      channel.afterPost();
      return { ok: true, ts };
    },
    async updateCard(view, _channelId, ts) {
      if (channel.trouble) return channel.trouble;
      const card = cards.get(ts);
      if (card === undefined) return gone;
      Object.assign(card, draw(view));
      return { ok: true, ts };
    },
    async postLine(event: MentionEvent, _mention, _channelId, ts) {
      if (channel.trouble) return channel.trouble;
      const card = cards.get(ts);
      if (card === undefined) return gone;
      card.lines.push(`${event.type} by ${event.actor}`);
      const lineTs = nextTs();
      marks.set(lineKey(event.id), lineTs);
      channel.afterPost();
      return { ok: true, ts: lineTs };
    },
    async praise(_workspaceId, channelId, place, praise) {
      if (channel.trouble) return channel.trouble;
      for (const { query, url } of praise) {
        channel.notices.push(`${channelId}: praise for ${query} at ${place}: ${url}`);
      }
      return { ok: true, ts: nextTs() };
    },
    async pointTo(mention, channelId, key) {
      if (channel.trouble) return channel.trouble;
      channel.notices.push(`${channelId}: ${mention.id}`);
      const ts = nextTs();
      if (key !== undefined) marks.set(key, ts);
      channel.afterPost();
      return { ok: true, ts };
    },
    async postBoard(_workspaceId, board, _channelId, key) {
      if (channel.trouble) return channel.trouble;
      const ts = nextTs();
      if (key !== undefined) marks.set(key, ts);
      channel.boards.set(ts, board);
      channel.afterPost();
      return { ok: true, ts };
    },
    async updateBoard(_workspaceId, board, _channelId, ts) {
      if (channel.trouble) return channel.trouble;
      if (!channel.boards.has(ts)) return gone;
      channel.boards.set(ts, board);
      return { ok: true, ts };
    },
    async settle({ key }) {
      if (!channel.maySettle) return { state: 'cannot' };
      if (channel.trouble) return { state: 'later', cause: 'unwell', retryAfterSeconds: null };
      const card = [...cards].find(([, { mentionId }]) => cardKey(mentionId) === key);
      const ts = card?.[0] ?? marks.get(key);
      return ts === undefined ? { state: 'missing' } : { state: 'there', ts };
    },
    answers: async () => channel.isAnswering && channel.trouble === null,
    async remove(_workspaceId, _channelId, ts) {
      if (channel.trouble) return channel.trouble;
      cards.delete(ts);
      channel.boards.delete(ts);
      return { ok: true, ts };
    },
    async clearHome() {
      return { ok: true, ts: '' };
    },
    async notice(_workspaceId, _channelId, text) {
      if (channel.trouble) return channel.trouble;
      channel.notices.push(text);
      return { ok: true, ts: nextTs() };
    },
  };
  return channel;
}
