import type { Knex } from 'knex';
import * as base from './001_base.ts';
import * as appendOnlyLog from './002_append_only_log.ts';
import * as privacy from './003_privacy.ts';
import * as escalation from './004_escalation.ts';
import * as learning from './005_learning.ts';
import * as sourceRhythm from './006_source_rhythm.ts';
import * as digests from './007_digests.ts';
import * as storms from './008_storms.ts';
import * as savedReplies from './009_saved_replies.ts';
import * as writers from './010_writers.ts';
import * as postings from './011_postings.ts';
import * as staff from './012_staff.ts';
import * as paces from './013_paces.ts';
import * as installations from './014_installations.ts';
import * as budgets from './019_budgets.ts';
import * as home from './021_home.ts';
import * as homeViews from './022_home_views.ts';
import * as praises from './023_praises.ts';
import * as lasting from './025_lasting.ts';

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
  { name: '004_escalation', ...escalation },
  { name: '005_learning', ...learning },
  { name: '006_source_rhythm', ...sourceRhythm },
  { name: '007_digests', ...digests },
  { name: '008_storms', ...storms },
  { name: '009_saved_replies', ...savedReplies },
  { name: '010_writers', ...writers },
  { name: '011_postings', ...postings },
  { name: '012_staff', ...staff },
  { name: '013_paces', ...paces },
  { name: '014_installations', ...installations },
  { name: '019_budgets', ...budgets },
  { name: '021_home', ...home },
  { name: '022_home_views', ...homeViews },
  { name: '023_praises', ...praises },
  { name: '025_lasting', ...lasting },
];
