import type { SavedReply } from '../../core/ports.ts';
import { ACTIONS } from '../ids.ts';
import { count } from './keywords.ts';
import { button, context, section, type Message } from './message.ts';
import { brief, markup } from './text.ts';

/** Two blocks each, and a message holds fifty. */
const MOST = 20;

/** The saved replies, each with its button. */
export function replyList(replies: readonly SavedReply[]): Message {
  const more = replies.length - MOST;
  const add = button({ action: ACTIONS.replyAdd, text: 'Add a reply', style: 'primary' });
  const none = 'No saved reply yet. Write one to begin answers with.';
  return {
    text: replies.length === 0 ? none : markup`${count(replies.length, 'saved reply')}`.markup,
    blocks: [
      ...(replies.length === 0 ? [section(none)] : []),
      ...replies.slice(0, MOST).map((reply) => ({
        ...section(`${brief(reply.name)}: ${brief(reply.text, 300)}`),
        accessory: button({
          action: ACTIONS.replyRemove,
          text: 'Remove',
          value: reply.name,
          label: `Remove the reply ${reply.name}`,
        }),
      })),
      ...(more > 0 ? [context(`and ${more} more`)] : []),
      { type: 'actions', elements: [add] },
      context('A reply of the same name replaces the old one. Earshot itself sends nothing.'),
    ],
  };
}
