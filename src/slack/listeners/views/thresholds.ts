import { saveDraft } from '../../../flows/set-up/keywords.ts';
import { field } from '../../blocks/modals/frame.ts';
import { readThresholds } from '../../blocks/modals/keyword.ts';
import { markup } from '../../blocks/text.ts';
import { nameOf, POST_CHOICES, DIGEST_CHOICES } from '../../blocks/thresholds.ts';
import type { Listening } from '../context.ts';
import { say } from '../home.ts';
import { managed } from '../managed.ts';
import { isFirst, type Handled, type Submission } from './submission.ts';

export function submitThresholds(deps: Listening, submission: Submission): Handled {
  const read = readThresholds(submission.values);
  if (!read.ok) return read;
  const { ok: _, ...thresholds } = read;
  return { ok: true, work: () => save(deps, submission, thresholds) };
}

async function save(
  deps: Listening,
  { userId, channelId, metadata, deliveryId }: Submission,
  thresholds: { postThreshold: number; digestThreshold: number },
): Promise<void> {
  const person = { userId, channelId, respond: null };
  if (!(await managed(deps, person)) || !(await isFirst(deps, deliveryId))) return;
  const { id: workspaceId } = deps.workspace;
  const id = field(metadata, 'keywordId') ?? '';
  const keyword = await deps.flows.stores.keywords.find(workspaceId, id);
  if (keyword === null) return say(deps, person, markup`That keyword is not there any more.`);
  const { query, channelId: cards } = keyword;
  const draft = { id, query, channelId: cards, ...thresholds };
  const saved = await saveDraft(deps.flows, { workspaceId, draft, actor: userId });
  const post = nameOf(POST_CHOICES, thresholds.postThreshold);
  const digest = nameOf(DIGEST_CHOICES, thresholds.digestThreshold);
  const said = saved.ok
    ? markup`Saved. ${query}: a card for ${post}, the digest for ${digest}.`
    : markup`${saved.message}`;
  await say(deps, person, said);
}
