/** A database as after two busy years: how long a start, the log and Home take then. */
import { shown, type Section } from './figures.ts';
import { run as measure } from './large.ts';

const MENTIONS = 1_000_000;

export async function run(): Promise<Section> {
  const { mentions, events, megabytes, buildSeconds, rows } = await measure(MENTIONS);
  return {
    title: 'With a million mentions',
    about: `SQLite with ${mentions.toLocaleString('en')} mentions and ${events.toLocaleString('en')} events (${shown(megabytes)} MB), Earshot as a process of its own; from the command or click until Slack has the answer.`,
    figures: rows.map(({ what, runs }) => ({
      ...{ what, who: 'Earshot', unit: 'ms', better: 'less' as const, runs },
    })),
    notes: [`The database was built in ${shown(buildSeconds)} s`],
  };
}
