import type {
  Lesson,
  LessonStore,
  VerdictCount,
  VerdictCountStore,
} from '../../../src/core/ports.ts';
import { by, copy, key, mustHaveWorkspace, type FakeData } from './data.ts';

export function fakeLessonStore(data: FakeData): LessonStore {
  const list = (workspaceId: string): Lesson[] =>
    [...data.lessons.values()]
      .filter((lesson) => lesson.workspaceId === workspaceId)
      .sort(
        by(
          (lesson) => lesson.at,
          (lesson) => lesson.id,
        ),
      );
  return {
    async save(lesson, most) {
      const { workspaceId, id } = lesson;
      mustHaveWorkspace(data, workspaceId);
      data.lessons.set(key(workspaceId, id), copy(lesson));
      const old = list(workspaceId).slice(0, -most);
      for (const one of old) data.lessons.delete(key(workspaceId, one.id));
    },
    async find(workspaceId, id) {
      return copy(data.lessons.get(key(workspaceId, id)) ?? null);
    },
    async list(workspaceId) {
      return copy(list(workspaceId));
    },
    async remove(workspaceId, id) {
      return data.lessons.delete(key(workspaceId, id));
    },
    async stamp(workspaceId) {
      const all = list(workspaceId);
      return `${all.length} ${all.at(-1)?.at.toISOString() ?? ''}`;
    },
  };
}

/** A key: workspace, day, keyword and step. */
type CountKey = [string, string, string, number];

export function fakeVerdictCountStore(data: FakeData): VerdictCountStore {
  return {
    async since(workspaceId, day) {
      const sums = new Map<string, VerdictCount>();
      for (const [id, posts] of data.verdictCounts) {
        const [workspace, on, keywordId, step] = JSON.parse(id) as CountKey;
        if (workspace !== workspaceId || on < day) continue;
        const name = JSON.stringify([keywordId, step]);
        const sum = sums.get(name)?.posts ?? 0;
        sums.set(name, { keywordId, step, posts: sum + posts });
      }
      return [...sums.values()].sort(
        by(
          (one) => one.keywordId,
          (one) => one.step,
        ),
      );
    },
  };
}

/** Days that are kept. */
const KEPT_DAYS = 35;

export function addFakeCounts(
  data: FakeData,
  workspaceId: string,
  at: Date,
  counts: readonly VerdictCount[],
): void {
  const day = (date: Date) => date.toISOString().slice(0, 10);
  const oldest = day(new Date(at.getTime() - KEPT_DAYS * 24 * 3600 * 1000));
  for (const { keywordId, step, posts } of counts) {
    const id = JSON.stringify([workspaceId, day(at), keywordId, step] satisfies CountKey);
    data.verdictCounts.set(id, (data.verdictCounts.get(id) ?? 0) + posts);
  }
  if (counts.length === 0) return;
  for (const id of data.verdictCounts.keys()) {
    const [workspace, on] = JSON.parse(id) as CountKey;
    if (workspace === workspaceId && on < oldest) data.verdictCounts.delete(id);
  }
}
