import { exclude } from '../../../flows/set-up/exclude.ts';
import { unlearn } from '../../../flows/hear/learn.ts';
import { draftValue } from '../../blocks/draft.ts';
import { takenBack } from '../../blocks/learned.ts';
import { button, section, sentence, type Message } from '../../blocks/message.ts';
import { markup } from '../../blocks/text.ts';
import { ACTIONS } from '../../ids.ts';
import { tell } from '../../respond.ts';
import type { Click } from '../click.ts';
import type { Listening } from '../context.ts';
import { learned } from '../learned.ts';
import { managed } from '../managed.ts';

/** Takes a lesson back: one's own, or anybody's for those who manage. `list <id>`: from the list. */
export async function undoLesson(deps: Listening, click: Click, value: string): Promise<void> {
  const isListed = value.startsWith('list ');
  const id = isListed ? value.slice('list '.length) : value;
  const { id: workspaceId } = deps.workspace;
  const lesson = await deps.flows.stores.lessons.find(workspaceId, id);
  if (lesson !== null && lesson.by !== click.userId && !(await managed(deps, click))) return;
  const undone = await unlearn(deps.flows, { workspaceId, id, actor: click.userId });
  if (isListed) return tell(deps, click, await learned(deps), true);
  const said = undone === null ? markup`That was taken back already.` : takenBack();
  await tell(deps, click, sentence(said), true);
}

/** *Exclude it*: the word of the button is left out of the keyword from now on. */
export async function excludeTerm(deps: Listening, click: Click, value: string): Promise<void> {
  const read = readExclusion(value);
  if (read === null || !(await managed(deps, click))) return;
  const { id: workspaceId } = deps.workspace;
  const outcome = await exclude(deps.flows, { workspaceId, ...read, actor: click.userId });
  const message = outcome.ok
    ? excluded(outcome.keyword.query, outcome.before ? draftValue(outcome.before) : null)
    : sentence(markup`${outcome.message}`);
  await tell(deps, click, message, true);
}

function excluded(query: string, before: string | null): Message {
  const text = markup`Now watching ${query}`;
  const undo = before === null ? [] : [undoButton(before)];
  return { text: text.markup, blocks: [section(text), ...undo] };
}

function undoButton(value: string) {
  const element = button({ action: ACTIONS.keywordSave, text: 'Undo', value });
  return { type: 'actions' as const, elements: [element] };
}

function readExclusion(value: string): { keywordId: string; term: string } | null {
  try {
    const parts: unknown = JSON.parse(value);
    if (!Array.isArray(parts)) return null;
    const [keywordId, term] = parts as unknown[];
    return typeof keywordId === 'string' && typeof term === 'string' ? { keywordId, term } : null;
  } catch {
    return null;
  }
}
