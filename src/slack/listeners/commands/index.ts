import { nearest } from '../../../core/nearest.ts';
import { helpMessage } from '../../blocks/help.ts';
import type { Message } from '../../blocks/message.ts';
import { digest } from './digest.ts';
import { escalation } from './escalation.ts';
import { forget } from './forget.ts';
import { keywords } from './keywords.ts';
import { learned } from './learned.ts';
import { log } from './log.ts';
import { splitWord, type Command } from './request.ts';
import { oncall } from './oncall.ts';
import { privacy } from './privacy.ts';
import { report } from './report.ts';
import { replies } from './replies.ts';
import { settings } from './settings.ts';
import { source } from './source.ts';
import { sources } from './sources.ts';
import { status } from './status.ts';
import { tryOut } from './try.ts';
import { watch } from './watch.ts';

/** In the order of the help. */
const COMMANDS: readonly Command[] = [
  watch,
  keywords,
  source,
  sources,
  tryOut,
  learned,
  status,
  digest,
  log,
  report,
  escalation,
  oncall,
  forget,
  privacy,
  replies,
  settings,
  {
    word: 'help',
    aliases: ['?', 'commands'],
    usage: 'help',
    about: 'this list',
    run: async () => helpMessage(COMMANDS),
  },
];

const WORDS = COMMANDS.flatMap(({ word, aliases }) => [word, ...aliases]);

export type Understood =
  { command: Command; rest: string } | { command: null; rest: string; hint: Message };

/** The command that was typed; for a typo the nearest one is named, for nothing the help. */
export function understand(text: string): Understood {
  const { word, rest } = splitWord(text);
  const command = COMMANDS.find((one) => one.word === word || one.aliases.includes(word));
  if (command !== undefined) {
    // "sources add URL" and "keywords add QUERY" are what somebody types who has seen the lists.
    const inner = splitWord(rest);
    if (command === sources && ['add', 'remove'].includes(inner.word))
      return { command: source, rest };
    if (command === keywords && inner.word === 'add') return { command: watch, rest: inner.rest };
    return { command, rest };
  }
  if (word === '') return { command: null, rest, hint: helpMessage(COMMANDS) };
  const near = nearest(word, WORDS);
  const meant = COMMANDS.find((one) => one.word === near || one.aliases.includes(near ?? ''));
  const hint =
    meant === undefined ? 'Earshot does not know that command.' : `Did you mean: ${meant.word}?`;
  return { command: null, rest, hint: helpMessage(meant === undefined ? COMMANDS : [meant], hint) };
}
