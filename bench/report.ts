import { cpus, totalmem, loadavg, release } from 'node:os';
import { comparisons, shown, spread, type Figure, type Section } from './figures.ts';

/** Where and when the figures were made. */
export interface Circumstances {
  command: string;
  at: Date;
  /** Load of the machine before the first bench: how much else was going on. */
  load: number;
}

export function machine(): string {
  const all = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${all.length} × ${all[0]?.model.trim() ?? 'unknown processor'}, ${memory} GB, ${process.platform} ${release()}, Node.js ${process.version}`;
}

export function currentLoad(): number {
  return loadavg()[0] ?? 0;
}

/** A section as lines for a terminal. */
export function plain({ title, figures, notes }: Section): string {
  const rows = figures.map(cells);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map(
    ([what, who, median, rest]) =>
      `  ${what!.padEnd(widths[0]!)}  ${who!.padEnd(widths[1]!)}  ${median!.padStart(widths[2]!)}  ${rest}`,
  );
  const said = [...comparisons(figures), ...notes].map((line) => `  ${line}`);
  return [`\n${title}`, ...lines, ...said].join('\n');
}

/** The whole report as Markdown; `picture`: address of the chart, as seen from the report. */
export function markdown(
  sections: readonly Section[],
  { command, at, load }: Circumstances,
  picture: string,
): string {
  return `# Benchmarks

Written by \`${command}\` on ${at.toISOString().slice(0, 16).replace('T', ' ')} UTC. Nothing here is typed by hand.

Machine: ${machine()}. Load average when it began: ${load.toFixed(1)}; where that is not near 0, other work took part of the processors, and times by the clock are longer than they need be. The peers ran in the same run, right after or before Earshot.

Each figure is the median of its runs; beside it stand the lowest and the highest.

![The figures as bars](${picture})

${sections.map(section).join('\n')}`;
}

function section({ title, about, figures, notes }: Section): string {
  const rows = figures.map((figure) => `| ${cells(figure).join(' | ')} |`);
  const said = [...comparisons(figures), ...notes].map((line) => `- ${line}.`);
  return `## ${title}

${about}

| what | who | median | lowest to highest |
| --- | --- | ---: | --- |
${rows.join('\n')}
${said.length === 0 ? '' : `\n${said.join('\n')}\n`}`;
}

function cells({ what, who, unit, runs }: Figure): string[] {
  const { median, low, high } = spread(runs);
  const times = runs.length === 1 ? 'one run' : `${runs.length} runs`;
  return [
    what,
    who,
    `${shown(median)} ${unit}`,
    runs.length === 1 ? times : `${shown(low)} to ${shown(high)}, ${times}`,
  ];
}
