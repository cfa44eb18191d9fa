import type { Knex } from 'knex';
import * as base from './001_base.ts';
import * as appendOnlyLog from './002_append_only_log.ts';
import * as privacy from './003_privacy.ts';
import * as escalation from './010_escalation.ts';
import * as learning from './020_learning.ts';
import * as sourceRhythm from './030_source_rhythm.ts';
import * as digests from './040_digests.ts';
import * as storms from './041_storms.ts';
import * as savedReplies from './042_saved_replies.ts';
import * as writers from './043_writers.ts';

export interface Migration {
  /** What the database remembers; the same whether run from .ts or .js, and never changed. */
  name: string;
  up(db: Knex): Promise<void>;
  down(db: Knex): Promise<void>;
}

/** In order, oldest first. Only ever appended to. */
export const MIGRATIONS: readonly Migration[] = [
  { name: '001_base', ...base },
  { name: '002_append_only_log', ...appendOnlyLog },
  { name: '003_privacy', ...privacy },
  { name: '010_escalation', ...escalation },
  { name: '020_learning', ...learning },
  { name: '030_source_rhythm', ...sourceRhythm },
  { name: '040_digests', ...digests },
  { name: '041_storms', ...storms },
  { name: '042_saved_replies', ...savedReplies },
  { name: '043_writers', ...writers },
];
