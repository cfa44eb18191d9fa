/** What Slack accepts in a `rich_text` block. */
import type { Check } from './shape.ts';
import { byType, flag, integer, list, matching, object, oneOf, text } from './shape.ts';

const type: Check = text(40);
const style = object(
  {},
  { bold: flag, italic: flag, strike: flag, code: flag, underline: flag, highlight: flag },
);
const styled = { style };

const inline = byType({
  text: object({ type, text: text(13_000) }, styled),
  link: object(
    { type, url: matching(/^(https?|mailto):\S+$/, 'a web address') },
    { text: text(13_000, 0), unsafe: flag, ...styled },
  ),
  emoji: object({ type, name: text(100) }, { unicode: text(60), ...styled }),
  user: object({ type, user_id: text(30) }, styled),
  usergroup: object({ type, usergroup_id: text(30) }, styled),
  channel: object({ type, channel_id: text(30) }, styled),
  broadcast: object({ type, range: oneOf('here', 'channel', 'everyone') }, styled),
  color: object({ type, value: matching(/^#[0-9a-f]{6}$/i, 'a colour such as #a0b1c2') }),
  date: object(
    { type, timestamp: integer(0, 9_999_999_999), format: text(200) },
    {
      url: text(3000),
      fallback: text(200),
      ...styled,
    },
  ),
});
const inlines = list(inline, 0, 1000);
const section = object({ type, elements: inlines });

const part = byType({
  rich_text_section: section,
  rich_text_quote: object({ type, elements: inlines }, { border: integer(0, 1) }),
  rich_text_preformatted: object(
    { type, elements: inlines },
    { border: integer(0, 1), language: text(40) },
  ),
  rich_text_list: object(
    {
      type,
      style: oneOf('bullet', 'ordered'),
      elements: list(byType({ rich_text_section: section }), 1, 200),
    },
    { indent: integer(0, 8), offset: integer(0, 10_000), border: integer(0, 1) },
  ),
});

export const RICH_TEXT: Check = object(
  { type, elements: list(part, 1, 100) },
  { block_id: text(255) },
);
