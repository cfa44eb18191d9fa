#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { doctor } from './cli/doctor.ts';
import { exportLog } from './cli/export.ts';
import { CommandError, message, result } from './cli/io.ts';
import { preview } from './cli/preview.ts';
import { start } from './cli/start.ts';
import { analyze, match, redactTexts } from './cli/texts.ts';
import { readConfig, type Config } from './config.ts';
import { openBase, openDoor } from './main.ts';
import { sources } from './sources/index.ts';
import { openDatabase } from './store/db.ts';
import { migrateDown, migrateUp, migrationStatus } from './store/migrate.ts';
import { VERSION } from './version.ts';

const JSON_OPTION = ['--json', 'one JSON object a line'] as const;

const program = new Command('earshot')
  .description('Hears public complaints, so that a person can answer them in public.')
  .version(VERSION)
  .showHelpAfterError('(earshot --help lists the commands)')
  .configureOutput({ writeOut: (text) => process.stdout.write(text) })
  .exitOverride((error) => {
    process.exit(error.exitCode === 0 ? 0 : 2);
  });

program
  .command('start', { isDefault: true })
  .description('runs Earshot: in your Slack workspace, or without tokens in a local one')
  .action(() => start(configuration()));

program
  .command('doctor')
  .description(
    'checks configuration, database, Slack and each source; says how to mend what is off',
  )
  .option(...JSON_OPTION)
  .action((options) => doctor(readEnvironment(), options));

program
  .command('analyze')
  .description('judges texts: negative, neutral or positive, how surely, and why')
  .argument('[text]', 'else standard input: {"id","text"} or a plain text a line')
  .option(...JSON_OPTION)
  .action(analyze);

program
  .command('match')
  .description('shows which texts match a query, and where')
  .argument('[text]', 'else standard input: {"id","text"} or a plain text a line')
  .requiredOption('--query <query>', 'for example \'"acme broadband" -jobs\'')
  .option(...JSON_OPTION)
  .action(match);

program
  .command('redact')
  .description('shows texts as they would be kept, without contact data')
  .argument('[text]', 'else standard input: {"id","text"} or a plain text a line')
  .option(...JSON_OPTION)
  .action(redactTexts);

program
  .command('preview')
  .description('shows what Earshot would hear at addresses or in files')
  .argument('<place...>', 'addresses or files')
  .option(...JSON_OPTION)
  .action(async (places: string[], options: { json?: boolean }) => {
    const config = configuration();
    const http = openDoor(config);
    const deps = { http, sources, settings: config.sources, now: new Date() };
    await preview(deps, places, options).finally(http.close);
  });

program
  .command('export')
  .description('writes a row a mention: found, claimed and answered, by whom and when')
  .option('--json', 'one JSON object a line, with the events behind it')
  .option('--csv', 'comma-separated values')
  .action(async (options: { json?: boolean; csv?: boolean }) => {
    const { stores, close } = await openBase(configuration());
    const workspaces = await stores.workspaces.list();
    const ids = workspaces.map(({ id }) => id);
    await exportLog({ stores }, ids, options).finally(close);
  });

program
  .command('migrate')
  .description('brings the database to the schema of this version (start does so by itself)')
  .option('--down <steps>', 'takes back that many migrations, with what they held')
  .option('--status', 'only says what is done and what is not')
  .action(migrate);

async function migrate(options: { down?: string; status?: boolean }): Promise<void> {
  const steps = Number(options.down ?? 0);
  if (!Number.isInteger(steps) || steps < 0) throw new CommandError('--down takes a number.', 2);
  const db = await openDatabase(configuration().databaseUrl);
  try {
    if (options.status) {
      const { done, pending, unknown } = await migrationStatus(db);
      for (const name of done) await result(`done     ${name}`);
      for (const name of pending) await result(`pending  ${name}`);
      for (const name of unknown) await result(`unknown  ${name} (done by a newer Earshot)`);
      return;
    }
    const names = steps > 0 ? await migrateDown(db, steps) : await migrateUp(db);
    const verb = steps > 0 ? 'taken back' : 'done';
    for (const name of names) await result(`${verb} ${name}`);
    if (names.length === 0) message('The database is up to date.');
  } finally {
    await db.destroy();
  }
}

/** `.env` beside the package of the working directory; what is set already stays. */
function readEnvironment() {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return readConfig(process.env);
}

function configuration(): Config {
  const outcome = readEnvironment();
  if (outcome.ok) return outcome.config;
  const head = 'Earshot cannot start with these settings (.env, or the environment):';
  throw new CommandError([head, ...outcome.problems.map((line) => `  ${line}`)].join('\n'), 2);
}

try {
  await program.parseAsync();
} catch (error) {
  message(error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof CommandError ? error.exitCode : 1;
}
