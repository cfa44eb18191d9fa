import { readPrivacy, type PrivacyEdit } from '../../blocks/modals/privacy.ts';
import { sentence } from '../../blocks/message.ts';
import { markup } from '../../blocks/text.ts';
import { tell } from '../../respond.ts';
import type { Listening } from '../context.ts';
import { managed } from '../managed.ts';
import { isFirst, type Handled, type Submission } from './submission.ts';

export function submitPrivacy(deps: Listening, submission: Submission): Handled {
  const kinds = deps.flows.sources.map(({ kind }) => kind);
  const read = readPrivacy(submission.values, kinds);
  if (!read.ok) return read;
  return { ok: true, work: () => save(deps, submission, read.edit) };
}

async function save(
  deps: Listening,
  { userId, channelId, deliveryId }: Submission,
  edit: PrivacyEdit,
): Promise<void> {
  const person = { userId, channelId, respond: null };
  if (!(await managed(deps, person)) || !(await isFirst(deps, deliveryId))) return;
  const { id: workspaceId } = deps.workspace;
  await deps.flows.stores.workspaces.changeSettings(workspaceId, edit);
  deps.log.info({ workspaceId, actor: userId, fields: Object.keys(edit) }, 'privacy changed');
  const notice =
    edit.noticeUrl === null
      ? markup` Tell people that you listen: \`earshot notice --html\` makes the page.`
      : markup``;
  const said = markup`Saved. Text goes ${edit.retentionDays} days after the end.${notice}`;
  await tell(deps, person, sentence(said));
}
