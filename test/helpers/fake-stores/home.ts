import { postKey } from '../../../src/core/canonical-url.ts';
import type { Done, MentionStore } from '../../../src/core/ports.ts';
import { by, copy, key, mustHaveWorkspace, type FakeData } from './data.ts';
import { newMentions } from './sources.ts';

type Home = Pick<
  MentionStore,
  'snoozed' | 'countSnoozed' | 'tally' | 'answerTimes' | 'add' | 'findByPost'
>;

/** What Home asks, and what a person brings. */
export function fakeHome(data: FakeData): Home {
  const all = (workspaceId: string) =>
    [...data.mentions.values()].filter((one) => one.mention.workspaceId === workspaceId);
  const snoozed = (workspaceId: string, now: Date) =>
    all(workspaceId)
      .map(({ mention }) => mention)
      .filter(({ status, snoozedUntil }) => {
        const isLive = status === 'open' || status === 'claimed';
        return isLive && snoozedUntil !== null && snoozedUntil > now;
      });
  const done = (workspaceId: string, from: Date) =>
    [...data.events.values()]
      .map(({ event }) => event)
      .filter((event) => event.workspaceId === workspaceId && event.at >= from);

  return {
    async snoozed(workspaceId, now, { limit, offset }) {
      const sorted = copy(snoozed(workspaceId, now)).sort(
        by(
          (mention) => mention.snoozedUntil ?? 0,
          (mention) => mention.id,
        ),
      );
      return sorted.slice(offset, offset + limit);
    },
    async countSnoozed(workspaceId, now) {
      const found = snoozed(workspaceId, now);
      const count = (status: string) => found.filter((one) => one.status === status).length;
      return { open: count('open'), claimed: count('claimed') };
    },
    async tally(workspaceId, from) {
      const events = done(workspaceId, from);
      const count = (type: Done) => events.filter((event) => event.type === type).length;
      return {
        claimed: count('claimed'),
        answered: count('answered'),
        dismissed: count('dismissed'),
      };
    },
    async answerTimes(workspaceId, from, limit) {
      const oldestFirst = done(workspaceId, from)
        .filter(({ type }) => type === 'answered')
        .sort(
          by(
            (event) => event.at,
            (event) => event.id,
          ),
        );
      return oldestFirst
        .reverse()
        .slice(0, limit)
        .flatMap(({ mentionId, at }) => {
          const found = data.mentions.get(key(workspaceId, mentionId))?.mention;
          return found === undefined ? [] : [{ foundAt: found.foundAt, answeredAt: at }];
        });
    },
    async add(mention) {
      mustHaveWorkspace(data, mention.workspaceId);
      const [added] = newMentions(data, mention.sourceId, [mention]);
      if (added === undefined) return false;
      data.mentions.set(key(mention.workspaceId, mention.id), added);
      return true;
    },
    async findByPost(workspaceId, post) {
      const wanted = postKey(post);
      if (wanted === null) return null;
      const found = all(workspaceId).filter(({ postKey: own }) => own === wanted);
      const sorted = found.sort(
        by(
          ({ mention }) => mention.foundAt,
          ({ mention }) => mention.id,
        ),
      );
      return copy(sorted[0]?.mention ?? null);
    },
  };
}
