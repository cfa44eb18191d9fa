import { SOMEBODY, SYSTEM, type MentionEvent } from '../../../src/core/mention.ts';
import type { StaffStore } from '../../../src/core/ports.ts';
import { namesStaff, withoutNames } from '../../../src/core/privacy/staff.ts';
import { by, type FakeData } from './data.ts';

export function fakeStaffStore(data: FakeData): StaffStore {
  /** An event by nobody may name somebody; it is looked at once. */
  const done = new Set<string>();
  return {
    settle: async () => [],
    async forget(workspaceId, before, limit) {
      const old = [...data.events.values()]
        .filter(({ event }) => event.workspaceId === workspaceId && event.at < before)
        .filter(({ event }) => namesStaff(event) && !done.has(event.id))
        .sort(
          by(
            ({ event }) => event.at,
            ({ event }) => event.id,
          ),
        )
        .slice(0, limit);
      for (const stored of old) {
        const { event } = stored;
        done.add(event.id);
        const actor = event.actor === SYSTEM ? SYSTEM : SOMEBODY;
        stored.event = { ...event, ...withoutNames(event), actor } as MentionEvent;
      }
      for (const { mention } of data.mentions.values()) {
        if (mention.workspaceId !== workspaceId) continue;
        const { claimedAt, answeredAt, status } = mention;
        if (claimedAt !== null && claimedAt < before && status !== 'claimed') {
          mention.claimedBy &&= SOMEBODY;
        }
        if (answeredAt !== null && answeredAt < before && mention.answeredBy !== SYSTEM) {
          mention.answeredBy &&= SOMEBODY;
        }
      }
      const beside = [...data.lessons.values()].map((one) => [one, 'by', one.at] as const);
      for (const [lesson, field, at] of beside) {
        if (lesson.workspaceId === workspaceId && at < before) lesson[field] = SOMEBODY;
      }
      for (const suppression of data.suppressions.values()) {
        const isOld = suppression.workspaceId === workspaceId && suppression.createdAt < before;
        if (isOld) suppression.createdBy = SOMEBODY;
      }
      for (const storm of data.storms.values()) {
        const isOld = storm.endedAt !== null && storm.endedAt < before;
        if (storm.workspaceId === workspaceId && isOld) storm.claimedBy &&= SOMEBODY;
      }
      return old.length;
    },
  };
}
