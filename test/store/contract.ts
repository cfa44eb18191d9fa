import { suite } from 'node:test';
import { applyContract } from './contract/apply.ts';
import { budgetContract } from './contract/budgets.ts';
import { digestContract } from './contract/digests.ts';
import { lessonContract, verdictCountContract } from './contract/learned.ts';
import { homeContract } from './contract/home.ts';
import { listContract } from './contract/lists.ts';
import { logContract, outboxContract } from './contract/outbox.ts';
import { policyContract, rotaContract } from './contract/escalation.ts';
import type { Open } from './contract/open.ts';
import { heldNoteContract, stormContract } from './contract/storms.ts';
import { pollContract } from './contract/polls.ts';
import { postingContract } from './contract/postings.ts';
import { installationContract } from './contract/installations.ts';
import { replyContract } from './contract/replies.ts';
import { sourceContract } from './contract/sources.ts';
import { suppressionContract, upkeepContract } from './contract/upkeep.ts';
import { staffContract } from './contract/staff.ts';
import { writerContract } from './contract/writers.ts';
import { deliveryContract, keywordContract, workspaceContract } from './contract/workspaces.ts';

/** What every kind of store must do: the fake ones, and the real ones on each database. */
export function storeContract(kind: string, open: Open): void {
  suite(`${kind}: workspaces`, () => workspaceContract(open));
  suite(`${kind}: keywords`, () => keywordContract(open));
  suite(`${kind}: installations`, () => installationContract(open));
  suite(`${kind}: sources`, () => sourceContract(open));
  suite(`${kind}: polls`, () => pollContract(open));
  suite(`${kind}: changes of a mention`, () => applyContract(open));
  suite(`${kind}: lists of mentions`, () => listContract(open));
  suite(`${kind}: what Home asks`, () => homeContract(open));
  suite(`${kind}: the outbox`, () => outboxContract(open));
  suite(`${kind}: the log`, () => logContract(open));
  suite(`${kind}: upkeep`, () => upkeepContract(open));
  suite(`${kind}: suppressions`, () => suppressionContract(open));
  suite(`${kind}: policies`, () => policyContract(open));
  suite(`${kind}: rotas`, () => rotaContract(open));
  suite(`${kind}: lessons`, () => lessonContract(open));
  suite(`${kind}: counts of verdicts`, () => verdictCountContract(open));
  suite(`${kind}: storms`, () => stormContract(open));
  suite(`${kind}: notes of what is held`, () => heldNoteContract(open));
  suite(`${kind}: postings`, () => postingContract(open));
  suite(`${kind}: saved replies`, () => replyContract(open));
  suite(`${kind}: names of staff`, () => staffContract(open));
  suite(`${kind}: writers`, () => writerContract(open));
  suite(`${kind}: budgets`, () => budgetContract(open));
  suite(`${kind}: digests`, () => digestContract(open));
  suite(`${kind}: deliveries`, () => deliveryContract(open));
}
