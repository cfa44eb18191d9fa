/** The word that is fewest slips away from what was typed; null when none is near. */
export function nearest(typed: string, words: readonly string[]): string | null {
  const limit = typed.length <= 4 ? 1 : 2;
  const near = words
    .map((word) => ({ word, slips: slipsBetween(typed, word) }))
    .filter(({ slips }) => slips <= limit)
    .sort((a, b) => a.slips - b.slips);
  return near[0]?.word ?? null;
}

/**
 * Optimal string alignment distance (Damerau's four slips: a letter too many, too few, wrong, or
 * two neighbours swapped), by the usual table of prefixes.
 */
export function slipsBetween(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const at = (up: number, left: number) => (up === 0 ? row : rows[i - up])?.[j - left] ?? 0;
      const same = a[i - 1] === b[j - 1];
      let slips = Math.min(at(1, 0) + 1, at(0, 1) + 1, at(1, 1) + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) slips = Math.min(slips, at(2, 2) + 1);
      row.push(slips);
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? 0;
}
