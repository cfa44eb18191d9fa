import type { Knex } from 'knex';
import type { Lesson, LessonStore } from '../../core/ports.ts';
import { toDate, toText } from '../columns.ts';
import { createTogether } from '../together.ts';

interface LessonRow {
  workspace_id: string;
  id: string;
  keyword_id: string | null;
  said: Lesson['said'];
  /** JSON of the correction: numbers. */
  body: string;
  created_by: string;
  created_at: string;
}

export function lessonStore(db: Knex): LessonStore {
  const all = (workspaceId: string) =>
    db<LessonRow>('lessons').where({ workspace_id: workspaceId });

  const stamp = createTogether(async (ids: readonly string[]) => {
    const rows = await db<LessonRow>('lessons')
      .whereIn('workspace_id', [...new Set(ids)])
      .groupBy('workspace_id')
      .select('workspace_id')
      .count({ total: '*' })
      .max({ newest: 'created_at' });
    return ids.map((id) => {
      const row = rows.find(({ workspace_id: own }) => own === id);
      return row === undefined ? '0' : `${row['total']} ${row['newest']}`;
    });
  });

  return {
    async save(lesson, most) {
      const { workspaceId } = lesson;
      await db.transaction(async (trx) => {
        await trx<LessonRow>('lessons')
          .insert(toRow(lesson))
          .onConflict(['workspace_id', 'id'])
          .merge();
        const old = await trx<LessonRow>('lessons')
          .where({ workspace_id: workspaceId })
          .orderBy([
            { column: 'created_at', order: 'desc' },
            { column: 'id', order: 'desc' },
          ])
          .offset(most)
          // SQLite takes no offset without a limit.
          .limit(1000)
          .select('id');
        if (old.length === 0) return;
        const ids = old.map(({ id }) => id);
        await trx('lessons').where({ workspace_id: workspaceId }).whereIn('id', ids).delete();
      });
    },

    async find(workspaceId, id) {
      const row = await all(workspaceId).where({ id }).first();
      return row ? fromRow(row) : null;
    },

    async list(workspaceId) {
      return (await all(workspaceId).orderBy(['created_at', 'id'])).map(fromRow);
    },

    async remove(workspaceId, id) {
      return (await all(workspaceId).where({ id }).delete()) > 0;
    },

    stamp,
  };
}

/** Takes away what was taught from a post that is gone, together with the post. */
export async function forgetLesson(
  trx: Knex.Transaction,
  workspaceId: string,
  mentionId: string,
): Promise<void> {
  await trx<LessonRow>('lessons').where({ workspace_id: workspaceId, id: mentionId }).delete();
}

function toRow({ workspaceId, id, keywordId, said, correction, by, at }: Lesson): LessonRow {
  return {
    workspace_id: workspaceId,
    id,
    keyword_id: keywordId,
    said,
    body: JSON.stringify(correction),
    created_by: by,
    created_at: toText(at),
  };
}

function fromRow(row: LessonRow): Lesson {
  return {
    workspaceId: row.workspace_id,
    id: row.id,
    keywordId: row.keyword_id,
    said: row.said,
    correction: JSON.parse(row.body) as Lesson['correction'],
    by: row.created_by,
    at: toDate(row.created_at),
  };
}
