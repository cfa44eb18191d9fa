import type { Span } from '../../post.ts';

/** Digits without a gap. */
export interface Group extends Span {
  digits: string;
}

/** Groups of digits that only signs, spaces or a spelled sign keep apart. */
export interface Run {
  groups: Group[];
  /** What stands between group `i` and group `i + 1`. */
  gaps: string[];
  /** Each digit stands alone. */
  spacedOut: boolean;
}

/** `O7700 9OO123` is a number too; the letter needs two digits or more beside it. */
const GROUP = /\d[\dOo]*|(?<![\p{L}\p{N}])[Oo]\d[\dOo]+/gu;
const SPELLED =
  'dash|hyphen|dot|punkt|point|slash|space|minus|strich|bindestrich|tiret|punto|guion|trattino';
const GAP = new RegExp(
  `^(?:[ \\t]{0,3}[-./()·•]{0,3}[ \\t]{0,3}|[*~_|,]|[ \\t]{0,2}[([{<_-]?[ \\t]?(?:${SPELLED})[ \\t]?[)\\]}>_-]?[ \\t]{0,2})$`,
  'iu',
);
const LONGEST_GAP = 15;

/** Fewer digits than this are no detail of anybody's. */
export const FEWEST = 6;

/** The digits of a text, in runs of six and more. */
export function* digitRuns(text: string): Generator<Run> {
  let run: Run | null = null;
  let end = 0;
  for (const match of text.matchAll(GROUP)) {
    const group = {
      start: match.index,
      end: match.index + match[0].length,
      digits: match[0].replace(/[Oo]/g, '0'),
    };
    const gap = group.start - end <= LONGEST_GAP ? text.slice(end, group.start) : null;
    if (run !== null && gap !== null && GAP.test(gap)) {
      run.gaps.push(gap);
      run.groups.push(group);
      run.spacedOut &&= group.digits.length === 1;
    } else {
      if (run !== null && isLong(run)) yield run;
      run = { groups: [group], gaps: [], spacedOut: group.digits.length === 1 };
    }
    end = group.end;
  }
  if (run !== null && isLong(run)) yield run;
}

function isLong({ groups }: Run): boolean {
  let count = 0;
  return groups.some(({ digits }) => (count += digits.length) >= FEWEST);
}

/** Consecutive groups of a run, read as one number. */
export interface Candidate extends Span {
  digits: string;
  groups: readonly Group[];
  gaps: readonly string[];
  /** Nothing but this candidate is in the run. */
  whole: boolean;
  /** Beside it are no more than two digits: "07700 900123 2 weeks ago". */
  alone: boolean;
}

const MOST_GROUPS = 12;

/**
 * The candidates that begin at group `from`, longest first, of `least` to `most` digits. A
 * candidate ends where a reader would see a number end: not inside a longer sign such as a serial
 * number (`AB-1234`), a path or a decimal. Digits that stand alone are one number or none.
 */
export function candidatesAt(
  text: string,
  run: Run,
  from: number,
  least: number,
  most: number,
): Candidate[] {
  const { groups, gaps, spacedOut } = run;
  const first = groups[from];
  if (first === undefined || first.digits.length > most) return [];
  if (spacedOut && (from > 0 || groups.length > most || groups.length < least)) return [];
  if (from === 0 ? !beginsFreely(text, first.start) : !partsBefore(run, from)) return [];
  const found: Candidate[] = [];
  let digits = '';
  for (let to = from; to < groups.length && (spacedOut || to < from + MOST_GROUPS); to++) {
    const last = groups[to];
    if (last === undefined) break;
    digits += last.digits;
    if (digits.length > most) break;
    if (digits.length < least) continue;
    const isLast = to === groups.length - 1;
    if (spacedOut && !isLast) continue;
    if (isLast ? !endsFreely(text, last.end) : !partsBefore(run, to + 1)) continue;
    found.push({
      start: first.start,
      end: last.end,
      digits,
      groups: groups.slice(from, to + 1),
      gaps: gaps.slice(from, to),
      whole: isLast && from === 0,
      alone: isShort(groups[from - 1]) && isShort(groups[to + 1]),
    });
  }
  return found.reverse();
}

function isShort(group: Group | undefined): boolean {
  return group === undefined || group.digits.length <= 2;
}

/** Whether what stands before group `at` can also part two numbers. */
function partsBefore({ groups, gaps }: Run, at: number): boolean {
  const gap = gaps[at - 1] ?? '';
  return /[\s()|~•·]/.test(gap) || (/[/,]/.test(gap) && /^0\d/.test(groups[at]?.digits ?? ''));
}

/** Words that are often glued to a number: `tel0123`, `T:0123`, `Mob-0123`. */
const GLUED =
  /(?<![\p{L}\p{N}])(?:tele?(?:phone|fon)?|ph(?:one)?|mob(?:ile)?|cell|fax|t|m|p|no|nr|num(?:ber)?|ssn|at|on|is|call|text)[-./=]?$/iu;

function beginsFreely(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - 12), start).replace(/[+(]+$/, '');
  if (before === '' || GLUED.test(before)) return true;
  return !/(?:[A-Za-z0-9À-ɏͰ-ӿ_@#£$€¥₹&%=\uE001]|[A-Za-z0-9_\uE001][-_/\\=]|[\d\uE001][.,:])$/.test(
    before,
  );
}

function endsFreely(text: string, end: number): boolean {
  return !/^(?:[A-Za-z0-9À-ɏͰ-ӿ_@%\uE001]|[-_/\\=][A-Za-z0-9_\uE001]|[.,:][\d\uE001])/.test(
    text.slice(end, end + 3),
  );
}
