import type { Knex } from 'knex';
import { postKey } from '../../core/canonical-url.ts';
import type { MentionStore } from '../../core/ports.ts';
import { digest, fromRow, type MentionRow } from './mention-row.ts';
import { insertNew } from './new-mentions.ts';

/** Mentions that a person brought, where no poll did. */
export function brought(db: Knex): Pick<MentionStore, 'add' | 'findByPost'> {
  return {
    async add(mention) {
      const { workspaceId } = mention;
      return db.transaction(async (trx) => {
        // A write first: it holds the workspace, and on SQLite the file.
        await trx('workspaces')
          .where({ workspace_id: workspaceId })
          .update({ name: trx.ref('name') });
        return (await insertNew(trx, workspaceId, [mention])).length > 0;
      });
    },

    async findByPost(workspaceId, post) {
      const key = postKey(post);
      if (key === null) return null;
      const rows = await db<MentionRow>('mentions')
        .where({ workspace_id: workspaceId, post_key: digest(key) })
        .whereNotNull('post_key');
      // Few; to let the database order them would lead it away from the index.
      const [oldest] = rows.sort((a, b) => (a.found_at + a.id < b.found_at + b.id ? -1 : 1));
      return oldest ? fromRow(oldest) : null;
    },
  };
}
