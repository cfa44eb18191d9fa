import { digitRuns, FEWEST, type Run } from './digits.ts';
import { veil } from './veil.ts';

/** A folded text and what several finders need to know of it, found out once and when asked for. */
export interface Reading {
  readonly text: string;
  veiled?: string;
  runs?: readonly Run[];
}

/** The text with look-alikes hidden, place by place the same. */
export function veiledOf(reading: Reading): string {
  return (reading.veiled ??= veil(reading.text));
}

/** The digits of the veiled text. */
export function runsOf(reading: Reading): readonly Run[] {
  // A veil only hides: where the bare text has no run, the veiled one has none.
  return (reading.runs ??= isRunIn(reading.text) ? [...digitRuns(veiledOf(reading))] : []);
}

export function hasRuns(reading: Reading): boolean {
  return runsOf(reading).length > 0;
}

function isRunIn(text: string): boolean {
  const digits = text.match(/\d/g)?.length ?? 0;
  // A run of fewer digits has letters beside them that stand for a zero.
  if (digits < FEWEST && !(digits > 0 && /\d[Oo]|[Oo]\d/.test(text))) return false;
  return digitRuns(text).next().done === false;
}
