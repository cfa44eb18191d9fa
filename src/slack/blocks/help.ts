import { COMMAND } from '../ids.ts';
import { context, section, type Message } from './message.ts';
import { joined, markup } from './text.ts';

export interface HelpLine {
  usage: string;
  about: string;
}

/** What can be typed; `intro` answers what was typed instead, if anything was. */
export function helpMessage(lines: readonly HelpLine[], intro: string | null = null): Message {
  const list = joined(
    lines.map(({ usage, about }) => markup`\`${COMMAND} ${usage}\`  ${about}`),
    '\n',
  );
  const first = intro === null ? [] : [section(intro)];
  return {
    text: markup`${intro ?? 'What Earshot understands'}`.markup,
    blocks: [
      ...first,
      section(list),
      context('Members of the support channel act on its cards, with the buttons.'),
    ],
  };
}
