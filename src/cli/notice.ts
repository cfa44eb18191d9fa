import { noticeHtml } from '../core/notice.ts';
import { LANGUAGES, replyLetter } from '../core/reply-letter.ts';
import type { Stores } from '../core/ports.ts';
import type { Source } from '../core/source.ts';
import { CommandError, message, result } from './io.ts';

interface Deps {
  stores: Pick<Stores, 'workspaces' | 'sources'>;
  sources: readonly Source[];
  contact: string | null;
}

/**
 * `earshot notice --html`: the public notice of the first workspace, from its settings and the
 * sources that it listens to; `--letter`: the answer to somebody who objected.
 */
export async function notice(
  deps: Deps,
  options: { html?: boolean; letter?: boolean; lang?: string },
): Promise<void> {
  const language = LANGUAGES.find((one) => one === (options.lang ?? 'en'));
  if (language === undefined) {
    throw new CommandError(`--lang takes one of: ${LANGUAGES.join(', ')}.`, 2);
  }
  if (Boolean(options.html) === Boolean(options.letter)) {
    throw new CommandError('Say which: earshot notice --html, or earshot notice --letter.', 2);
  }
  const [workspace] = await deps.stores.workspaces.list();
  if (workspace === undefined) {
    throw new CommandError('Start Earshot once, so that it knows its workspace.');
  }
  const settings = await deps.stores.workspaces.settings(workspace.id);
  if (options.letter) {
    const { noticeUrl } = settings;
    return result(replyLetter({ team: workspace.name, noticeUrl }, language));
  }
  if (deps.contact === null)
    message('Set EARSHOT_CONTACT, so that the page says whom to write to.');
  const records = await deps.stores.sources.list(workspace.id);
  const kinds = new Set(records.map(({ kind }) => kind));
  const places = deps.sources
    .filter(({ kind }) => kinds.has(kind))
    .map(({ name, rules: { consent, keepDays } }) => ({ name, consent, keepDays }));
  const { retentionDays } = settings;
  const facts = { team: workspace.name, contact: deps.contact, retentionDays, places };
  await result(noticeHtml(facts, language).trimEnd());
}
