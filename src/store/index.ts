import type { Knex } from 'knex';
import type { Stores } from '../core/ports.ts';
import { budgetStore } from './tables/budgets.ts';
import { deliveryStore } from './tables/deliveries.ts';
import { digestStore } from './tables/digests.ts';
import { homeViewStore } from './tables/home-views.ts';
import { installationStore } from './tables/installations.ts';
import { keywordStore } from './tables/keywords.ts';
import { lessonStore } from './tables/learned.ts';
import { mentionStore } from './mentions/mentions.ts';
import { policyStore } from './tables/policies.ts';
import { postingStore } from './tables/postings.ts';
import { praiseStore } from './tables/praises.ts';
import { replyStore } from './tables/replies.ts';
import { rotaStore } from './tables/rotas.ts';
import { sourceStore } from './tables/sources.ts';
import { staffStore } from './tables/staff.ts';
import { heldNoteStore, stormStore } from './tables/storms.ts';
import { suppressionStore } from './tables/suppressions.ts';
import { verdictCountStore } from './mentions/verdict-counts.ts';
import { writerStore } from './tables/writers.ts';
import { workspaceStore } from './tables/workspaces.ts';

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
