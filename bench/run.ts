/**
 * Every measurement, one after the other: `npm run bench`, or `npm run bench -- match feeds` for
 * some. `--write` writes the report and its picture into docs/; it replaces what stood there. Figures
 * are of this machine and this run; peers run beside Earshot in the same run. With `--data FOLDER`,
 * a folder of labelled texts, it also says how well is judged.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chart } from './chart.ts';
import type { Section } from './figures.ts';
import { currentLoad, machine, markdown, plain } from './report.ts';

const BENCHES: Readonly<Record<string, () => Promise<{ run: () => Promise<Section> }>>> = {
  feeds: () => import('./feeds.ts'),
  match: () => import('./match.ts'),
  judge: () => import('./judge.ts'),
  ingest: () => import('./ingest.ts'),
  cards: () => import('./cards.ts'),
  clicks: () => import('./clicks.ts'),
  million: () => import('./million.ts'),
  idle: () => import('./idle.ts'),
  jetstream: () => import('./jetstream.ts'),
  replicas: () => import('./replicas.ts'),
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { data: { type: 'string' }, write: { type: 'boolean', default: false } },
});
const wanted = positionals.length > 0 ? positionals : Object.keys(BENCHES);
const unknown = wanted.filter((name) => BENCHES[name] === undefined);
if (unknown.length > 0) {
  console.error(`No bench is called ${unknown.join(', ')}: ${Object.keys(BENCHES).join(', ')}`);
  process.exit(2);
}

const [at, load] = [new Date(), currentLoad()];
console.log(`${machine()}\nload average ${load.toFixed(1)}`);
const sections: Section[] = [];
for (const name of wanted) {
  const { run } = await BENCHES[name]!();
  sections.push(await run());
  console.log(plain(sections.at(-1)!));
  // After each, so that a run that is broken off has not been for nothing.
  if (values.write) write();
}
if (values.data !== undefined) await (await import('./negativity.ts')).run(values.data);
process.exit(0);

function write(): void {
  const docs = (path: string) => fileURLToPath(new URL(`../docs/${path}`, import.meta.url));
  const command = ['npm run bench --', ...positionals, '--write'].join(' ');
  const report = markdown(sections, { command, at, load }, 'pictures/benchmarks.svg');
  mkdirSync(docs('pictures'), { recursive: true });
  writeFileSync(docs('pictures/benchmarks.svg'), chart(sections));
  writeFileSync(docs('BENCHMARKS.md'), report);
}
