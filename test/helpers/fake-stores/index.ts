import type { Stores } from '../../../src/core/ports.ts';
import { fakeBudgetStore } from './budgets.ts';
import { emptyData } from './data.ts';
import { fakeDigestStore } from './digests.ts';
import { fakePolicyStore, fakeRotaStore } from './escalation.ts';
import { fakeInstallationStore } from './installations.ts';
import { fakeLessonStore, fakeVerdictCountStore } from './learned.ts';
import { fakeMentionStore } from './mentions.ts';
import { fakeWriterStore } from './writers.ts';
import { fakeDeliveryStore, fakeKeywordStore, fakeWorkspaceStore } from './workspaces.ts';
import { fakePostingStore } from './postings.ts';
import { fakeSourceStore } from './sources.ts';
import { fakeReplyStore } from './replies.ts';
import { fakeHeldNoteStore, fakeStormStore } from './storms.ts';
import { fakeHomeViewStore } from './home-views.ts';
import { fakePraiseStore } from './praises.ts';
import { fakeStaffStore } from './staff.ts';
import { fakeSuppressionStore } from './suppressions.ts';

/** Stores in memory that pass the same contract as the real ones. */
export function fakeStores(): Stores {
  const data = emptyData();
  return {
    workspaces: fakeWorkspaceStore(data),
    installations: fakeInstallationStore(data),
    keywords: fakeKeywordStore(data),
    sources: fakeSourceStore(data),
    mentions: fakeMentionStore(data),
    deliveries: fakeDeliveryStore(data),
    suppressions: fakeSuppressionStore(data),
    policies: fakePolicyStore(data),
    rotas: fakeRotaStore(data),
    lessons: fakeLessonStore(data),
    verdictCounts: fakeVerdictCountStore(data),
    digests: fakeDigestStore(data),
    storms: fakeStormStore(data),
    heldNotes: fakeHeldNoteStore(data),
    postings: fakePostingStore(data),
    replies: fakeReplyStore(data),
    writers: fakeWriterStore(data),
    staff: fakeStaffStore(data),
    homeViews: fakeHomeViewStore(data),
    praises: fakePraiseStore(data),
    budgets: fakeBudgetStore(data),
  };
}
