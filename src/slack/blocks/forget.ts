import type { KnownBlock } from '@slack/web-api';
import { ACTIONS, COMMAND } from '../ids.ts';
import { button, confirm, context, section, type Message } from './message.ts';
import { count } from './keywords.ts';
import { brief, clip, markup, plain } from './text.ts';

/** Asks before somebody is forgotten; `target` is what was typed, and comes back with the button. */
export function askToForget(target: string, mentions: number): Message {
  const held =
    mentions === 0 ? 'Nothing of theirs is stored.' : `Stored: ${count(mentions, 'post')}.`;
  const forget = button({
    action: ACTIONS.forget,
    text: 'Forget them for good',
    value: target,
    style: 'danger',
    confirm: confirm(
      'Forget them for good?',
      'Everything stored of theirs is erased, here and on the cards, and Earshot never hears them again.',
      'Forget them',
    ),
  });
  return {
    text: markup`Forget ${brief(target)}?`.markup,
    blocks: [
      section(`Forget ${brief(target, 200)}? ${held}`),
      context('This cannot be undone. A keyed hash stays, so that they are known and left alone.'),
      { type: 'actions', elements: [forget] },
    ],
  };
}

/** What was done, and the letter for the person in the team's languages, to be sent by hand. */
export function forgotten(
  outcome: { erased: number; suppressed: boolean },
  letters: readonly string[],
): Message {
  const done = markup`Done: ${count(outcome.erased, 'post')} erased.`;
  const then = outcome.suppressed
    ? markup` Their later posts are never taken up.`
    : markup` That post names no author, so later ones can be taken up; use \`${COMMAND} forget HANDLE\` as well.`;
  const said = { markup: done.markup + then.markup };
  return {
    text: said.markup,
    blocks: [
      section(said),
      ...(outcome.suppressed
        ? [
            section('If they wrote to you, answer within a month, where they wrote. For example:'),
            ...letters.map(quoted),
          ]
        : []),
    ],
  };
}

function quoted(letter: string): KnownBlock {
  const { text } = plain(clip(letter, 2800));
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_quote', elements: [{ type: 'text', text }] }],
  };
}
