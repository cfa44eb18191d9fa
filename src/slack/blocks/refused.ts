import { context, sentence, type Message } from './message.ts';
import { clip, LIMITS, markup } from './text.ts';

/**
 * Why something was not saved. A message of several lines points with a caret at a place in what
 * was typed, so it needs letters of equal width.
 */
export function refused(message: string): Message {
  if (!message.includes('\n')) return sentence(markup`${message}`);
  return {
    text: markup`${message}`.markup,
    blocks: [
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_preformatted',
            elements: [{ type: 'text', text: clip(message, LIMITS.section) }],
          },
        ],
      },
      context('Nothing was saved.'),
    ],
  };
}
