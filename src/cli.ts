#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { CommandError, message } from './cli/io.ts';
import type { Config, ConfigOutcome } from './config.ts';
import { VERSION } from './version.ts';

// Each command loads what it needs when it is called: judging a text needs no database and no Slack.
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
  .argument('[word]')
  .action(async (word?: string) => {
    // An unknown command ends up here, since this one is meant when none is named.
    if (word)
      throw new CommandError(`There is no command "${word}": earshot --help lists them.`, 2);
    await (await import('./cli/start.ts')).start(await configuration());
  });

program
  .command('doctor')
  .description(
    'checks configuration, database, Slack and each source; says how to mend what is off',
  )
  .option(...JSON_OPTION)
  .option('--backup <file>', 'instead: proves that a backup can be restored, and says how')
  .action(async (options) =>
    (await import('./cli/doctor.ts')).doctor(await readEnvironment(), options),
  );

program
  .command('analyze')
  .description('judges texts: negative, neutral or positive, how surely, and why')
  .argument('[text]', 'else standard input: {"id","text"} or a plain text a line')
  .option(...JSON_OPTION)
  .action(async (text, options) => (await import('./cli/texts.ts')).analyze(text, options));

program
  .command('match')
  .description('shows which texts match a query, and where')
  .argument('[text]', 'else standard input: {"id","text"} or a plain text a line')
  .requiredOption('--query <query>', 'for example \'"acme broadband" -jobs\'')
  .option(...JSON_OPTION)
  .action(async (text, options) => (await import('./cli/texts.ts')).match(text, options));

program
  .command('redact')
  .description('shows texts as they would be kept, without contact data')
  .argument('[text]', 'else standard input: {"id","text"} or a plain text a line')
  .option(...JSON_OPTION)
  .action(async (text, options) => (await import('./cli/texts.ts')).redactTexts(text, options));

program
  .command('preview')
  .description('shows what Earshot would hear at addresses or in files')
  .argument('<place...>', 'addresses or files')
  .option(...JSON_OPTION)
  .action(async (places, options) =>
    (await import('./cli/preview.ts')).preview(await configuration(), places, options),
  );

program
  .command('export')
  .description('writes a row a mention: found, claimed and answered, by whom and when')
  .option('--json', 'one JSON object a line, with the events behind it')
  .option('--csv', 'comma-separated values')
  .option('--handle <handle>', 'instead: everything held about one author, by handle or address')
  .action(async (options: { json?: boolean; csv?: boolean; handle?: string }) =>
    options.handle === undefined
      ? (await import('./cli/export.ts')).exportLog(await configuration(), options)
      : (await import('./cli/held.ts')).exportHeld(await configuration(), options.handle),
  );

program
  .command('notice')
  .description('writes the public notice, or the answer to somebody who objected')
  .option('--html', 'the notice as a page, from the settings and sources')
  .option('--letter', 'the answer, to be sent by a person')
  .option('--lang <language>', 'en, de, fr, nl or es; else those of the settings')
  .action(async (options) =>
    (await import('./cli/notice.ts')).notice(await configuration(), options),
  );

program
  .command('backup')
  .description('copies the database into a file while Earshot runs, and checks the copy')
  .argument('<file>', 'where to; nothing is overwritten')
  .option('--force', 'overwrites the file')
  .option('--json', 'what the copy holds, as one JSON object')
  .action(async (file, options) =>
    (await import('./cli/backup.ts')).backup(await configuration(), file, options),
  );

program
  .command('secret')
  .description('says whether the database was made with the secret that is set')
  .option('--accept', 'goes on with the one that is set, whatever was made with another')
  .action(async (options) =>
    (await import('./cli/secret.ts')).secret(await configuration(), options),
  );

program
  .command('migrate')
  .description('brings the database to the schema of this version (start does so by itself)')
  .option('--down <steps>', 'takes back that many migrations, with what they held')
  .option('--status', 'only says what is done and what is not')
  .option('--from <address>', 'instead: moves all of one database, such as sqlite:data/earshot.db,')
  .option('--to <address>', 'into another, empty one; goes on where an interrupted move was')
  .option('--anew', 'throws away what an unfinished move has left, and begins again')
  .action(async (options) => {
    const { migrate, move } = await import('./cli/migrate.ts');
    const isMove = options.from !== undefined || options.to !== undefined;
    await (isMove ? move(options) : migrate(await configuration(), options));
  });

/** `.env` of the working directory; what is set already stays. */
async function readEnvironment(): Promise<ConfigOutcome> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return (await import('./config.ts')).readConfig(process.env);
}

async function configuration(): Promise<Config> {
  const outcome = await readEnvironment();
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
