import { digitRuns, FEWEST, type Run } from './digits.ts';
import { veil } from './veil.ts';

/** A folded text and what several detectors need to know of it, found out once. */
export interface Reading {
  text: string;
  /** How many digits the text has. */
  readonly digits: number;
  /** Whether the text has six digits in a row, which links and numbers of states ask for. */
  readonly isRow: boolean;
  /** The text with look-alikes hidden, place by place the same. */
  readonly veiled: string;
  /** The digits of the veiled text. */
  readonly runs: readonly Run[];
}

export function read(text: string): Reading {
  let digits: number | undefined;
  let veiled: string | undefined;
  let runs: Run[] | undefined;
  return {
    text,
    get digits() {
      return (digits ??= text.match(/\d/g)?.length ?? 0);
    },
    get isRow() {
      return isRow(text);
    },
    get veiled() {
      return (veiled ??= veil(text));
    },
    get runs() {
      // A veil only hides: where the bare text has no run, the veiled one has none.
      return (runs ??= mayHaveRuns(text, this.digits) ? [...digitRuns(this.veiled)] : []);
    },
  };
}

/** Six digits with three signs at most between any two. */
export function isRow(text: string): boolean {
  return /\d(?:\D{0,3}\d){5}/.test(text);
}

/** A run has six digits; one that has fewer has letters between them that stand for a zero. */
function mayHaveRuns(text: string, digits: number): boolean {
  if (digits < FEWEST && (digits === 0 || !/\d[Oo]|[Oo]\d/.test(text))) return false;
  return digitRuns(text).next().done === false;
}
