import type { Knex } from 'knex';
import type { Stores } from '../core/ports.ts';
import { budgetStore } from './budgets.ts';
import { deliveryStore } from './deliveries.ts';
import { digestStore } from './digests.ts';
import { homeViewStore } from './home-views.ts';
import { installationStore } from './installations.ts';
import { keywordStore } from './keywords.ts';
import { lessonStore } from './learned.ts';
import { mentionStore } from './mentions.ts';
import { policyStore } from './policies.ts';
import { postingStore } from './postings.ts';
import { praiseStore } from './praises.ts';
import { replyStore } from './replies.ts';
import { rotaStore } from './rotas.ts';
import { sourceStore } from './sources.ts';
import { staffStore } from './staff.ts';
import { heldNoteStore, stormStore } from './storms.ts';
import { suppressionStore } from './suppressions.ts';
import { verdictCountStore } from './verdict-counts.ts';
import { writerStore } from './writers.ts';
import { workspaceStore } from './workspaces.ts';

/** The stores on an open database that has had its migrations. */
export function createStores(db: Knex): Stores {
  return {
    workspaces: workspaceStore(db),
    installations: installationStore(db),
    keywords: keywordStore(db),
    sources: sourceStore(db),
    mentions: mentionStore(db),
    deliveries: deliveryStore(db),
    suppressions: suppressionStore(db),
    policies: policyStore(db),
    rotas: rotaStore(db),
    lessons: lessonStore(db),
    verdictCounts: verdictCountStore(db),
    digests: digestStore(db),
    storms: stormStore(db),
    heldNotes: heldNoteStore(db),
    postings: postingStore(db),
    replies: replyStore(db),
    writers: writerStore(db),
    staff: staffStore(db),
    homeViews: homeViewStore(db),
    praises: praiseStore(db),
    budgets: budgetStore(db),
  };
}
