import type { WebClient } from '@slack/web-api';
import {
  cardKey,
  lineKey,
  type Board,
  type CardView,
  type Clock,
  type Notifier,
  type Sent,
} from '../core/ports.ts';
import { boardMessage } from './blocks/board.ts';
import { card } from './blocks/card.ts';
import { lineMessage, peopleIn, pointer } from './blocks/line.ts';
import { context } from './blocks/message.ts';
import { brief, isGroup, LIMITS, markup } from './blocks/text.ts';
import { praiseMessage } from './blocks/praise.ts';
import { cardUrl } from './listeners/context.ts';
import type { Lanes, Pace } from './pace.ts';
import type { Names, People } from './people.ts';
import { markOf } from './settle.ts';

export interface NotifierDeps {
  client: Pick<WebClient, 'chat' | 'views'>;
  people: People;
  /** The workspace's own address, for links to cards; null where Slack does not say. */
  teamUrl: string | null;
  lanes: Lanes;
  clock: Clock;
  /** Looks for a message that may be there; nobody can, where absent. */
  settle?: Notifier['settle'];
  /** It does, where absent. */
  answers?: () => Promise<boolean>;
  paces?: Partial<Paces>;
}

export interface Paces {
  /** New messages, per channel. */
  post: Pace;
  /** Changes and removals of messages, all channels together. */
  update: Pace;
}

/**
 * Slack's own words: about one message a second and channel; `chat.update` and `chat.delete` are
 * good for 50 calls a minute, bursts tolerated.
 */
export const SLACK_PACES: Paces = {
  post: { calls: 1, perMs: 1000 },
  update: { calls: 25, perMs: 30_000 },
};

/** A line answers somebody's click, so it goes before the cards that wait. */
const FIRST = 2;
const SOON = 1;
const IN_TURN = 0;

/**
 * Nothing that we send is looked at for links, names or previews: an unfurl would copy the post
 * once more and outlive its deletion. `parse` must be said, since `chat.update` has another default
 * than `chat.postMessage`.
 */
const AS_IT_IS = { parse: 'none', link_names: false } as const;
const NO_PREVIEW = { unfurl_links: false, unfurl_media: false } as const;

/** On a Home that showed something which is gone; opening the tab draws the lists anew. */
const HOME_CLEARED = 'Something that stood here is gone. Open this tab again to see the rest.';

/** Slack as the flows see it. Every call keeps the pace; no answer of Slack's is thrown. */
export function createNotifier(deps: NotifierDeps): Notifier {
  const { client, people, teamUrl, lanes, clock } = deps;
  const paces = { ...SLACK_PACES, ...deps.paces };

  function post(channelId: string, priority: number, make: () => Promise<{ ts?: string }>) {
    return lanes.run({
      lane: `post ${channelId}`,
      pace: paces.post,
      method: 'chat.postMessage',
      priority,
      make: async () => {
        const { ts } = await make();
        if (ts === undefined) throw new Error('Slack took a message and named no timestamp.');
        return ts;
      },
    });
  }

  async function drawn(view: CardView) {
    const { mention } = view;
    const asked = (view.nextStep?.to ?? []).filter((id) => !isGroup(id));
    const names = await people.names([
      ...[mention.claimedBy, mention.answeredBy, view.writer ?? null],
      ...asked,
    ]);
    return { ...card(view, names), metadata: markOf(cardKey(mention.id)), ...AS_IT_IS };
  }

  async function boardNames(board: Board): Promise<Names> {
    return people.names('storm' in board ? [board.storm.claimedBy] : []);
  }

  return {
    async postCard(view, channelId) {
      const message = await drawn(view);
      return post(channelId, IN_TURN, () =>
        client.chat.postMessage({ channel: channelId, ...message, ...NO_PREVIEW }),
      );
    },

    async updateCard(view, channelId, ts) {
      const message = await drawn(view);
      return lanes.run({
        lane: 'update',
        pace: paces.update,
        method: 'chat.update',
        priority: IN_TURN,
        make: async () => {
          await client.chat.update({ channel: channelId, ts, ...message });
          return ts;
        },
      });
    },

    async postLine(event, mention, channelId, ts) {
      const names = await people.names(peopleIn(event, mention));
      const line = lineMessage(event, mention, names, clock());
      return post(channelId, FIRST, () =>
        client.chat.postMessage({
          channel: channelId,
          thread_ts: ts,
          ...line,
          metadata: markOf(lineKey(event.id)),
          ...AS_IT_IS,
          ...NO_PREVIEW,
        }),
      );
    },

    async pointTo(mention, channelId, key) {
      const mark = key === undefined ? {} : { metadata: markOf(key) };
      const message = { ...pointer(mention, cardUrl({ teamUrl }, mention)), ...mark };
      return post(channelId, SOON, () =>
        client.chat.postMessage({ channel: channelId, ...message, ...AS_IT_IS, ...NO_PREVIEW }),
      );
    },

    async postBoard(_workspaceId, board, channelId, key) {
      const message = boardMessage(board, await boardNames(board));
      const mark = key === undefined ? {} : { metadata: markOf(key) };
      return post(channelId, SOON, () =>
        client.chat.postMessage({
          channel: channelId,
          ...message,
          ...mark,
          ...AS_IT_IS,
          ...NO_PREVIEW,
        }),
      );
    },

    async updateBoard(_workspaceId, board, channelId, ts) {
      const message = boardMessage(board, await boardNames(board));
      return lanes.run({
        lane: 'update',
        pace: paces.update,
        method: 'chat.update',
        priority: SOON,
        make: async () => {
          await client.chat.update({ channel: channelId, ts, ...message, ...AS_IT_IS });
          return ts;
        },
      });
    },

    settle: (sought) => deps.settle?.(sought) ?? Promise.resolve({ state: 'cannot' as const }),

    answers: () => deps.answers?.() ?? Promise.resolve(true),

    async remove(_workspaceId, channelId, ts) {
      const sent = await lanes.run({
        lane: 'update',
        pace: paces.update,
        method: 'chat.delete',
        priority: IN_TURN,
        make: async () => {
          await client.chat.delete({ channel: channelId, ts });
          return ts;
        },
      });
      return !sent.ok && sent.outcome === 'gone' ? { ok: true, ts } : sent;
    },

    async clearHome(_workspaceId, userId) {
      return lanes.run({
        lane: 'home',
        pace: paces.update,
        method: 'views.publish',
        priority: SOON,
        make: async () => {
          const view = { type: 'home' as const, blocks: [context(HOME_CLEARED)] };
          await client.views.publish({ user_id: userId, view });
          return '';
        },
      });
    },

    async praise(_workspaceId, channelId, place, praise) {
      const message = praiseMessage(place, praise);
      return post(channelId, SOON, () =>
        client.chat.postMessage({ channel: channelId, ...message, ...AS_IT_IS, ...NO_PREVIEW }),
      );
    },

    async notice(_workspaceId, channelId, text): Promise<Sent> {
      const shown = brief(text, LIMITS.context);
      const message = { text: markup`${shown}`.markup, blocks: [context(shown)], ...AS_IT_IS };
      return post(channelId, SOON, () =>
        client.chat.postMessage({ channel: channelId, ...message, ...NO_PREVIEW }),
      );
    },
  };
}
