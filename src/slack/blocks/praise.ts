import type { Praise } from '../../core/ports.ts';
import { context, section, type Message } from './message.ts';
import { brief, joined, link, markup } from './text.ts';

const MOST = 5;

/** Where somebody speaks well of a keyword: addresses, and nothing of what they said. */
export function praiseMessage(place: string, praise: readonly Praise[]): Message {
  const lines = praise
    .slice(0, MOST)
    .map(
      ({ query, url }) => markup`💚 Praise for ${brief(query)} at ${brief(place)}: ${link(url)}`,
    );
  const text = joined(lines, '\n');
  const more = praise.length - MOST;
  return {
    text: text.markup,
    blocks: [section(text), ...(more > 0 ? [context(`and ${more} more`)] : [])],
  };
}
