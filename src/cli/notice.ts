import { noticeHtml } from '../core/privacy/notice.ts';
import { LANGUAGES, replyLetter, type Language } from '../core/privacy/reply-letter.ts';
import type { Stores } from '../core/ports.ts';
import type { Config } from '../config.ts';
import { openBase } from '../base.ts';
import { sources } from '../sources/index.ts';
import { CommandError, message, result } from './io.ts';

interface Options {
  html?: boolean;
  letter?: boolean;
  lang?: string;
}

/**
 * `earshot notice --html`: the public notice of the first workspace, from its settings and the
 * sources that it listens to; `--letter`: the answer to somebody who objected. Both in the languages
 * of the settings, or in that of `--lang`.
 */
export async function notice(config: Config, options: Options): Promise<void> {
  const language = LANGUAGES.find((one) => one === options.lang) ?? null;
  if (language === null && options.lang !== undefined) {
    throw new CommandError(`--lang takes one of: ${LANGUAGES.join(', ')}.`, 2);
  }
  if (Boolean(options.html) === Boolean(options.letter)) {
    throw new CommandError('Say which: earshot notice --html, or earshot notice --letter.', 2);
  }
  const { stores, close } = await openBase(config);
  try {
    const text = await written(stores, config, language, options.letter === true);
    await result(text.trimEnd());
  } finally {
    await close();
  }
}

async function written(
  stores: Stores,
  { contact }: Config,
  only: Language | null,
  isLetter: boolean,
): Promise<string> {
  const [workspace] = await stores.workspaces.list();
  if (workspace === undefined) {
    throw new CommandError('Start Earshot once, so that it knows its workspace.');
  }
  const { name: team } = workspace;
  const settings = await stores.workspaces.settings(workspace.id);
  const { noticeUrl, retentionDays } = settings;
  const languages = only === null ? settings.languages : [only];
  if (isLetter) {
    return languages.map((one) => replyLetter({ team, noticeUrl }, one)).join('\n\n---\n\n');
  }
  if (contact === null) message('Set EARSHOT_CONTACT, so that the page says whom to write to.');
  const records = await stores.sources.list(workspace.id);
  const kinds = new Set(records.map(({ kind }) => kind));
  const places = sources
    .filter(({ kind }) => kinds.has(kind))
    .map(({ name, rules: { consent, keepDays } }) => ({ name, consent, keepDays }));
  return noticeHtml({ team, contact, retentionDays, places }, languages);
}
