import type { Calibration } from '../../flows/calibration.ts';
import { ACTIONS } from '../ids.ts';
import { count } from './keywords.ts';
import { button, context, section, type Message } from './message.ts';
import { brief, markup } from './text.ts';
import { DIGEST_CHOICES, nameOf, POST_CHOICES } from './thresholds.ts';

const COLUMNS = ['from', 'posts', 'answered', 'not negative'] as const;

/** What each choice of a threshold would have meant in the last four weeks, as a small table. */
export function calibrationMessage({ keyword, matched, rows }: Calibration): Message {
  const { id: value, query, postThreshold, digestThreshold } = keyword;
  const head = `${brief(query, 150)}: ${count(matched, 'judged post')} in the last four weeks`;
  const table = [
    lineOf(COLUMNS, ''),
    ...rows.map(({ from, posts, answered, notNegative }) => {
      const use = [
        ...(from === postThreshold ? ['cards now'] : []),
        ...(from === digestThreshold ? ['digest now'] : []),
      ].join(', ');
      const name = nameFor(from);
      const rest = [name, use].filter(Boolean).join(' · ');
      return lineOf([String(from), String(posts), String(answered), String(notNegative)], rest);
    }),
  ].join('\n');
  return {
    text: markup`${head}`.markup,
    blocks: [
      section(head),
      {
        type: 'rich_text',
        elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: table }] }],
      },
      context(
        'posts: at least so negative, so cards or lines of the digest if the threshold stood there. answered, not negative: what the team made of those that it saw. What stayed under both thresholds nobody saw.',
      ),
      {
        type: 'actions',
        elements: [button({ action: ACTIONS.keywordEdit, text: 'Change the thresholds', value })],
      },
    ],
  };
}

/** Every threshold that the modal offers, and those that the keyword has. */
export function thresholdsOf(
  keyword: Pick<Calibration['keyword'], 'postThreshold' | 'digestThreshold'>,
): number[] {
  const offered = [...POST_CHOICES, ...DIGEST_CHOICES].map(({ value }) => value);
  return [...offered, keyword.postThreshold, keyword.digestThreshold];
}

function nameFor(from: number): string {
  const all = [...POST_CHOICES, ...DIGEST_CHOICES];
  return all.some(({ value }) => value === from) ? nameOf(all, from).replace(/ \(.*\)$/u, '') : '';
}

function lineOf(cells: readonly string[], rest: string): string {
  const columns = cells.map((cell, at) => cell.padStart(COLUMNS[at]?.length ?? 0));
  return `${columns.join('  ')}  ${rest}`.trimEnd();
}
