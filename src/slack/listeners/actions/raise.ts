import { act } from '../../../flows/act/act.ts';
import { publishDigests } from '../../../flows/tell/digest.ts';
import { sentence } from '../../blocks/message.ts';
import { notAMember, refusal, tell } from '../../respond.ts';
import type { CardClick } from '../click.ts';
import type { Listening } from '../context.ts';
import { learn } from '../lesson.ts';

/** "It is negative": what stayed under the threshold gets its card after all. */
export async function raise(deps: Listening, click: CardClick): Promise<void> {
  const { stores } = deps.flows;
  const { id: workspaceId } = deps.workspace;
  const { userId, mentionId } = click;
  const mention = await stores.mentions.find(workspaceId, mentionId);
  const keyword =
    mention === null ? null : await stores.keywords.find(workspaceId, mention.keywordId);
  const settings = await stores.workspaces.settings(workspaceId);
  const channelId = keyword?.channelId ?? settings.channelId;
  if (channelId === null) return tell(deps, click, sentence(notAMember(null)));
  const isMember = await deps.access.isMember(userId, channelId);
  if (!(isMember ?? click.channelId === channelId)) {
    return tell(deps, click, sentence(notAMember(channelId)));
  }
  const command = { type: 'post', actor: userId, channelId } as const;
  const outcome = await act(deps.flows, { workspaceId, mentionId, command });
  if (outcome.ok) await learn(deps, click, outcome.mention, command);
  else await tell(deps, click, sentence(refusal(outcome, userId)));
  await publishDigests(deps.flows, workspaceId);
}
