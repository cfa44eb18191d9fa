import type { ViewOutput } from '@slack/bolt';
import { draftFrom, helpToAnswer, remarksOn } from '../../../flows/answer/replies.ts';
import { otherWriter } from '../../../flows/act/writing.ts';
import type { Mention } from '../../../core/mention.ts';
import { answerModal, readDraft, type AnswerAid } from '../../blocks/modals/answer.ts';
import { readRef, type InputValues } from '../../blocks/modals/frame.ts';
import { brief, date, markup, namedLink, type Markup } from '../../blocks/text.ts';
import type { Audience } from '../../respond.ts';
import { cardUrl, type Listening } from '../context.ts';
import { allowed } from '../perform.ts';

/** What is asked of the modal: the chosen reply as the draft, or a look at the draft. */
export type DraftWish = 'fill' | 'check';

/** Draws the modal of an answer again, with what was asked for. Nothing of the draft is kept. */
export async function draft(
  deps: Listening,
  person: Audience,
  view: Pick<ViewOutput, 'id' | 'hash' | 'private_metadata' | 'state'>,
  wish: DraftWish,
): Promise<void> {
  const ref = readRef(view.private_metadata);
  if (ref === null) return;
  const { mentionId, channelId } = ref;
  const mention = await allowed(deps, { ...person, channelId, mentionId, card: null });
  if (mention === null) return;
  const now = readDraft(view.state.values as InputValues, view.private_metadata);
  const filled =
    wish === 'fill' && now.reply !== null ? await draftFrom(deps.flows, mention, now.reply) : null;
  const aid: AnswerAid = {
    ...(await aidFor(deps, mention, person.userId)),
    draft: filled ?? now.draft,
    round: filled === null ? now.round : now.round + 1,
    remarks: wish === 'check' ? remarksOn(deps.flows, mention, now.draft) : null,
  };
  await deps.client.views.update({ view_id: view.id, view: answerModal(ref, aid) });
}

/** What stands in the modal before anybody has written anything. */
export async function aidFor(
  deps: Listening,
  mention: Mention,
  userId: string,
): Promise<AnswerAid> {
  const { rules, earlier, replies } = await helpToAnswer(deps.flows, mention);
  const writer = await otherWriter(deps.flows, mention, userId);
  return {
    rules,
    warnings: [
      ...(writer === null
        ? []
        : [markup`${brief(await deps.people.name(writer))} is writing an answer already`]),
      ...(earlier === null ? [] : [await warningOf(deps, earlier)]),
    ],
    replies: replies.map(({ name }) => name),
    ...{ draft: '', remarks: null, round: 0 },
  };
}

async function warningOf(deps: Listening, earlier: Mention): Promise<Markup> {
  const { answeredBy, answeredAt } = earlier;
  const by = answeredBy === null ? '' : ` by ${brief(await deps.people.name(answeredBy))}`;
  const when = answeredAt === null ? markup`` : markup` ${date(answeredAt, '{ago}')}`;
  const url = cardUrl(deps, earlier);
  const card = url === null ? markup`` : markup` · ${namedLink(url, 'that card')}`;
  return markup`The same author was answered${when}${by}${card}`;
}
