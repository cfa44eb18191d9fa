/** What a bench found out: figures with all their runs, so that a reader sees the spread. */

export interface Figure {
  /** What was measured; figures of the same name are rivals. */
  what: string;
  who: string;
  unit: string;
  better: 'more' | 'less';
  /** One number a run, in the order in which they were made. */
  runs: readonly number[];
}

export interface Section {
  title: string;
  /** How it was measured, for somebody who wants to judge the figures. */
  about: string;
  figures: Figure[];
  notes: string[];
}

export interface Spread {
  median: number;
  low: number;
  high: number;
}

export function spread(runs: readonly number[]): Spread {
  const sorted = [...runs].sort((a, b) => a - b);
  return { median: quantile(sorted, 0.5), low: sorted[0] ?? NaN, high: sorted.at(-1) ?? NaN };
}

/** The value below which that part of the sorted numbers lies, between two of them by proportion. */
export function quantile(sorted: readonly number[], part: number): number {
  const place = (sorted.length - 1) * part;
  const [below, above] = [sorted[Math.floor(place)] ?? NaN, sorted[Math.ceil(place)] ?? NaN];
  return below + (above - below) * (place - Math.floor(place));
}

/** `1,234`, `56.7`, `0.89`: as many digits as mean something. */
export function shown(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en', { maximumFractionDigits: digits });
}

/** The figures in groups of rivals, in their order. */
export function rivals(figures: readonly Figure[]): Figure[][] {
  const groups = new Map<string, Figure[]>();
  for (const figure of figures) {
    const key = `${figure.what} ${figure.unit}`;
    groups.set(key, [...(groups.get(key) ?? []), figure]);
  }
  return [...groups.values()];
}

/** "cold round: Earshot is 3.2 times as fast as newsboat" (or takes so many times as long), by the medians. */
export function comparisons(figures: readonly Figure[]): string[] {
  return rivals(figures).flatMap(([own, ...others]) =>
    own === undefined ? [] : others.map((other) => comparison(own, other)),
  );
}

function comparison(own: Figure, other: Figure): string {
  const [a, b] = [spread(own.runs).median, spread(other.runs).median];
  const times = own.better === 'more' ? a / b : b / a;
  return times >= 1
    ? `${own.what}: ${own.who} is ${shown(times)} times as fast as ${other.who}`
    : `${own.what}: ${own.who} takes ${shown(1 / times)} times as long as ${other.who}`;
}

/** Processor seconds of all threads of this process that some work takes. */
export async function processorSeconds(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
