import { considerKeyword, type Considered } from '../../flows/set-up/consider.ts';
import type { Draft } from '../../flows/set-up/keywords.ts';
import { consideredMessage } from '../blocks/considered.ts';
import { count } from '../blocks/keywords.ts';
import { sentence } from '../blocks/message.ts';
import { channel, markup, type Markup } from '../blocks/text.ts';
import { COMMAND } from '../ids.ts';
import { tell, type Audience } from '../respond.ts';
import type { Listening } from './context.ts';

/**
 * Shows a person what their query would hear, and saves it where nothing speaks against it.
 * `replace`: in place of the message whose button was pressed.
 */
export async function consider(
  deps: Listening,
  person: Audience,
  draft: Draft,
  replace = false,
): Promise<void> {
  const { id: workspaceId } = deps.workspace;
  let hasSaid = replace;
  const outcome = await considerKeyword(
    deps.flows,
    { workspaceId, draft, actor: person.userId },
    async (sources) => {
      await tell(deps, person, sentence(markup`Looking at ${count(sources, 'source')} …`), replace);
      hasSaid = true;
    },
  );
  const message = outcome.ok
    ? consideredMessage(outcome, await nextStep(deps, outcome))
    : sentence(markup`${outcome.message}`);
  await tell(deps, person, message, hasSaid);
}

/** Where the cards of a keyword go, and what is missing for that. */
export async function nextStep(
  deps: Listening,
  { draft }: Pick<Considered, 'draft'>,
): Promise<Markup> {
  const { id: workspaceId, botUserId } = deps.workspace;
  const { channelId: usual } = await deps.flows.stores.workspaces.settings(workspaceId);
  const place = draft.channelId ?? usual;
  if (place === null) {
    return markup`Next: choose the channel for its cards with \`${COMMAND} settings\``;
  }
  if ((await deps.access.isMember(botUserId, place)) === false) {
    return markup`Next: invite Earshot to ${channel(place)}, or it cannot post there`;
  }
  return markup`Cards go to ${channel(place)}. Next: \`${COMMAND} try TEXT\` or \`${COMMAND} source add URL\``;
}
