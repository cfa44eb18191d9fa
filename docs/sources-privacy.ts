import { LONGEST_DAYS } from '../src/core/privacy/retention.ts';
import { sources } from '../src/sources/index.ts';

/** What every source promises of the people it hears, as a page, from the contracts themselves. */
export function sourcesPrivacy(): string {
  const rows = [...sources]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, kind, rules, needs, exists, replies, repliesScroll }) => [
      `${name} (\`${kind}\`)`,
      rules.consent.join('; ') || 'the place knows none',
      rules.keepDays === null
        ? `the general retention, ${LONGEST_DAYS} days at most`
        : `${Math.min(rules.keepDays, LONGEST_DAYS)} days at most`,
      `${hours(rules.sweepHours)}${exists === undefined ? ', by the post’s page' : ''}, ${rules.sweepBatch} at once`,
      [
        ...(replies === undefined ? [] : ['in its thread']),
        ...(replies === undefined || repliesScroll ? ['by its address'] : []),
      ].join(', or '),
      rules.answering.join(' '),
      needs === null ? 'nothing' : needs.settings.map((one) => `\`${one}\``).join(', '),
    ]);
  const heads = [
    'source',
    'opt-outs that are honoured',
    'text is kept',
    'deletions are looked for',
    'an answer is verified',
    'who answers there',
    'needs',
  ];
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [
    '# What holds at each source',
    '',
    'Written by `npx tsx docs/generate.ts` from the contracts of the sources; a test fails when it is out of date. Open mentions are looked at every day at least, whatever a source asks for. A post that is found gone twice, minutes apart, is withdrawn; streams tell of deletions at once.',
    '',
    line(heads),
    line(heads.map(() => '---')),
    ...rows.map(line),
    '',
  ].join('\n');
}

function hours(number: number): string {
  if (number % 24 !== 0) return `every ${number} hours`;
  return number === 24 ? 'every day' : `every ${number / 24} days`;
}
