import type { RichTextBlock } from '@slack/web-api';
import type { Calibration, CalibrationRow } from '../../flows/set-up/calibration.ts';
import { ACTIONS } from '../ids.ts';
import { count } from './keywords.ts';
import { button, context, section, type Message } from './message.ts';
import { brief, markup } from './text.ts';
import { DIGEST_CHOICES, nameOf, POST_CHOICES } from './thresholds.ts';

/** Signs of the longest bar. */
const WIDTH = 12;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;

/** What each choice of a threshold would have meant in the last four weeks, as small bars. */
export function calibrationMessage(calibration: Calibration): Message {
  const { id: value } = calibration.keyword;
  const head = calibrationHead(calibration);
  return {
    text: markup`${head}`.markup,
    blocks: [
      section(head),
      calibrationChart(calibration),
      context(LEGEND),
      {
        type: 'actions',
        elements: [
          button({ action: ACTIONS.thresholdsOpen, text: 'Change the thresholds', value }),
        ],
      },
    ],
  };
}

export const LEGEND =
  'Each line counts the posts that were at least so negative: as many cards, or lines of the digest, if the threshold stood there. Answered, and not negative, is what the team made of those that it saw.';

export function calibrationHead({ keyword, matched }: Calibration): string {
  return `${brief(keyword.query, 150)}: ${count(matched, 'judged post')} in the last four weeks`;
}

/** Two lines a threshold: how many, as a bar, and what the threshold is called. */
export function calibrationChart({ keyword, rows }: Calibration): RichTextBlock {
  const most = Math.max(1, ...rows.map(({ posts }) => posts));
  const lines = rows.flatMap((row) => [
    `${row.from.toFixed(2)}  ${bar(row.posts / most).padEnd(WIDTH)}  ${figures(row)}`,
    `      ${[nameFor(row.from), useOf(row.from, keyword)].filter(Boolean).join(' · ')}`.trimEnd(),
  ]);
  const text = lines.filter((line) => line !== '').join('\n');
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }],
  };
}

/** "2 posts, 1 answered, 1 not negative" */
function figures({ posts, answered, notNegative }: CalibrationRow): string {
  return [
    count(posts, 'post'),
    ...(answered === 0 ? [] : [`${answered} answered`]),
    ...(notNegative === 0 ? [] : [`${notNegative} not negative`]),
  ].join(', ');
}

/** A share of the whole width, to an eighth of a sign; what is there at all is seen. */
function bar(share: number): string {
  const eighths = share === 0 ? 0 : Math.max(1, Math.round(share * WIDTH * 8));
  return '█'.repeat(eighths >> 3) + EIGHTHS[eighths % 8];
}

function useOf(from: number, { postThreshold, digestThreshold }: Calibration['keyword']): string {
  return [
    ...(from === postThreshold ? ['cards from here now'] : []),
    ...(from === digestThreshold ? ['digest from here now'] : []),
  ].join(', ');
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
