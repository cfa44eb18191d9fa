import { saveReply } from '../../../flows/answer/replies.ts';
import { sentence } from '../../blocks/message.ts';
import { readReply } from '../../blocks/modals/replies.ts';
import { markup } from '../../blocks/text.ts';
import { tell } from '../../respond.ts';
import { inTeam } from '../actions/replies.ts';
import type { Listening } from '../context.ts';
import { isFirst, type Handled, type Submission } from './submission.ts';

export function submitReply(deps: Listening, submission: Submission): Handled {
  const read = readReply(submission.values);
  if (!read.ok) return read;
  const { userId, channelId, deliveryId } = submission;
  const person = { userId, channelId, respond: null };
  return {
    ok: true,
    async work() {
      if (!(await inTeam(deps, person)) || !(await isFirst(deps, deliveryId))) return;
      const { name, text } = read;
      const request = { workspaceId: deps.workspace.id, name, text, actor: userId };
      const outcome = await saveReply(deps.flows, request);
      const said = outcome.ok
        ? markup`Saved: ${name}. It is offered wherever an answer is logged.`
        : markup`${outcome.message}`;
      await tell(deps, person, sentence(said));
    },
  };
}
