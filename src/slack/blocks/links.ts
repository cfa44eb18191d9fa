import { unescaped } from './text.ts';

/** Links in one message that are looked at, with all that Slack repeats of them. */
const MOST = 20;

/**
 * The web addresses in a message, in order and each once: as Slack marks them up, as they were typed,
 * and as they stand in its blocks and attachments.
 */
export function linksIn(message: unknown): string[] {
  const found = new Set<string>();
  collect(message, found);
  return [...found].slice(0, MOST);
}

function collect(value: unknown, found: Set<string>): void {
  if (Array.isArray(value)) for (const one of value) collect(one, found);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  const {
    text,
    blocks,
    attachments,
    elements,
    url,
    from_url: from,
  } = value as Record<string, unknown>;
  if (typeof text === 'string') for (const link of linksInText(text)) found.add(link);
  else collect(text, found);
  for (const link of [url, from]) {
    if (typeof link === 'string' && /^https?:\/\//iu.test(link)) found.add(link);
  }
  for (const inside of [blocks, attachments, elements]) collect(inside, found);
}

/** `<https://a.example|label>`, `<https://a.example>`, or bare, without the sentence's full stop. */
function linksInText(text: string): string[] {
  const marked = [...text.matchAll(/<(https?:\/\/[^|>\s]+)(?:\|[^>]*)?>/giu)].map(
    ([, link]) => link,
  );
  const bare = [...text.replace(/<[^>]*>/gu, ' ').matchAll(/https?:\/\/[^\s<>"“”]+/giu)].map(
    ([link]) => link.replace(/[.,;:!?)\]}'’]+$/u, ''),
  );
  return [...marked, ...bare].flatMap((link) => (link ? [unescaped(link)] : []));
}
