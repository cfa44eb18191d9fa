/**
 * Kills Earshot many times and counts what was lost: `npm run kill -- --runs 1000 --database sqlite`
 * (or `postgres`, which it brings along). `--worlds 4`: so many installations side by side, each with
 * a database and a Slack of its own; in every other one Earshot may read what it posted. `--seed 1`
 * chooses the random moments. Writes its section of docs/KILL-REPORT.md, and fails when anything was
 * lost, doubled or won twice. Ctrl-C ends it early, and counts.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { VERSION } from '../../src/version.ts';
import { launchPostgres } from '../helpers/postgres.ts';
import { buildVictim } from './herd.ts';
import { killMany, type KillReport } from './kill.ts';
import { STEPS } from './steps.ts';

const REPORT = 'docs/KILL-REPORT.md';

/** What the numbers mean; written once, above them. */
const HEAD = `# Pulling the plug

What is left when Earshot is killed by SIGKILL, again and again, in the midst of its work. A real
process hears real feeds on loopback, writes to a real database, and talks to a stand-in for Slack.
Every other process dies at a named step of a mention's way, the others anywhere: after so many
calls, or after some milliseconds. The next one goes on with what is there. Posts are put up, two
people at once claim, answers are logged, posts are deleted at their source, texts expire. In the
end one process lives until all is at rest, each spare card is touched once, and everything is
counted.

With \`channels:history\` (or \`groups:history\`), Earshot looks whether Slack took a message before
it sends it again. Without it, a card or a line whose sending was cut off may come twice; a spare card
goes as soon as somebody touches it. Nothing comes never.
`;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '200' },
    database: { type: 'string', default: 'sqlite' },
    worlds: { type: 'string', default: '4' },
    seed: { type: 'string', default: '1' },
  },
});
const [runs, worlds, seed] = [values.runs, values.worlds, values.seed].map(Number) as [
  number,
  number,
  number,
];
const { database } = values;
if (![runs, worlds, seed].every(Number.isInteger) || !['sqlite', 'postgres'].includes(database)) {
  console.error('npm run kill -- --runs 200 --database sqlite|postgres [--worlds 4] [--seed 1]');
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'earshot-kill-'));
const postgres = database === 'postgres' ? await launchPostgres() : null;
const program = await buildVictim();
let killed = 0;
const enough = new AbortController();
process.once('SIGINT', () => {
  console.error('Ctrl-C: no more are killed; what was done is counted.');
  enough.abort();
});
try {
  const reports = await Promise.all(
    Array.from({ length: worlds }, async (_, index) =>
      killMany({
        databaseUrl: postgres
          ? await postgres.createDatabase()
          : `sqlite:${join(folder, `${index}.db`)}`,
        forums: 3,
        history: index % 2 === 0,
        runs: Math.ceil(runs / worlds),
        seed: seed + index,
        program,
        signal: enough.signal,
        onKill() {
          killed += 1;
          if (killed % 25 === 0) console.error(`${killed} of ${runs} killed`);
        },
      }),
    ),
  );
  const text = section(reports);
  write(text);
  console.log(text);
  const all = total(reports);
  const bad = [
    all.mentionsLost,
    all.linesLost,
    all.cardsDoubled,
    all.claimsWonTwice,
    all.brokenHistories,
  ];
  process.exitCode = bad.every((count) => count === 0) ? 0 : 1;
} finally {
  await postgres?.end();
  rmSync(folder, { recursive: true, force: true });
}
process.exit();

function total(reports: readonly KillReport[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const report of reports) {
    for (const [name, value] of Object.entries(report)) {
      if (typeof value === 'number') sum[name] = (sum[name] ?? 0) + value;
    }
  }
  return sum;
}

function section(reports: readonly KillReport[]): string {
  const all = total(reports);
  const may = total(reports.filter((_, index) => index % 2 === 0));
  const mayNot = total(reports.filter((_, index) => index % 2 === 1));
  const count = (key: 'kills' | 'strayed', step: string) =>
    reports.reduce((sum, report) => sum + (report[key][step] ?? 0), 0);
  const steps = [...Object.keys(STEPS), 'random'];
  const kills = steps.reduce((sum, step) => sum + count('kills', step), 0);
  const minutes = (Math.max(...reports.map(({ seconds }) => seconds)) / 60).toFixed(1);
  const row = (what: string, key: keyof KillReport) =>
    `| ${what} | ${may[key] ?? 0} | ${mayNot[key] ?? 0} |`;
  const command = `npm run kill -- --runs ${runs} --database ${database} --worlds ${worlds} --seed ${seed}`;
  return [
    `## ${database === 'sqlite' ? 'SQLite' : 'Postgres'}`,
    '',
    `\`${command}\`, Earshot ${VERSION}, ${new Date().toISOString().slice(0, 10)}, Node ` +
      `${process.versions.node} on ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ` +
      `shared with other work; ${minutes} minutes.`,
    '',
    `${kills} processes were killed: ${all['said']} posts, ${all['mentions']} mentions, ` +
      `${all['events']} events in the log.`,
    '',
    '| | may read what it posted | may not |',
    '|---|---|---|',
    row('mentions lost', 'mentionsLost'),
    row('lines of the log lost', 'linesLost'),
    row('cards doubled and left standing', 'cardsDoubled'),
    row('claims won twice', 'claimsWonTwice'),
    row('versions without their event', 'brokenHistories'),
    row('cards doubled until somebody touched them', 'cardsDoubledUntilTouched'),
    row('lines told twice', 'linesTwice'),
    '',
    '| killed at | processes | of them not reached in time |',
    '|---|---|---|',
    ...steps.map((step) => `| ${step} | ${count('kills', step)} | ${count('strayed', step)} |`),
  ].join('\n');
}

/** Replaces the section of this database, and leaves the other. */
function write(text: string): void {
  const page = existsSync(REPORT) ? readFileSync(REPORT, 'utf8') : HEAD;
  const [head = HEAD, ...sections] = page.split(/\n(?=## )/u);
  const title = text.split('\n')[0]!;
  const others = sections.filter((one) => !one.startsWith(title));
  const sorted = [...others.map((one) => one.trim()), text].sort().toReversed();
  writeFileSync(REPORT, `${[head.trim(), ...sorted].join('\n\n')}\n`);
}
