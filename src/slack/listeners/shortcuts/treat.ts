import { treatAsMention } from '../../../flows/hear/treat.ts';
import { linksIn } from '../../blocks/links.ts';
import { sentence } from '../../blocks/message.ts';
import { treatedMessage } from '../../blocks/treated.ts';
import { notAMember, tell, type Audience } from '../../respond.ts';
import { cardUrl, type Listening } from '../context.ts';

/**
 * "Treat as a mention": the link in somebody's message gets a card, if Earshot can read it as anybody
 * could. Members of the support channel may, wherever the message stands. Earshot sees of Slack's
 * messages only the one that a person points at in this way.
 */
export async function treat(deps: Listening, person: Audience, message: unknown): Promise<void> {
  const { id: workspaceId } = deps.workspace;
  const { channelId } = await deps.flows.stores.workspaces.settings(workspaceId);
  const isMember = channelId === null || (await deps.access.isMember(person.userId, channelId));
  if (!(isMember ?? person.channelId === channelId)) {
    return tell(deps, person, sentence(notAMember(channelId)));
  }
  const links = linksIn(message);
  const treated = await treatAsMention(deps.flows, { workspaceId, links, actor: person.userId });
  const url = treated.ok ? cardUrl(deps, treated.mention) : null;
  await tell(deps, person, treatedMessage(treated, url));
}
