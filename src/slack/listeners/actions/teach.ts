import { teach } from '../../../flows/hear/learn.ts';
import { tryText } from '../../../flows/report/report.ts';
import { lessonNote } from '../../blocks/learned.ts';
import { shownVerdict } from '../../blocks/trial.ts';
import { tell } from '../../respond.ts';
import type { Click } from '../click.ts';
import type { Listening } from '../context.ts';
import { managed } from '../managed.ts';

/**
 * A correction of a text that was only tried: those who manage may make it, since nobody else sees
 * what was typed. The text goes no further than into this call.
 */
export async function teachTried(
  deps: Listening,
  click: Click,
  text: string,
  said: 'negative' | 'not-negative',
): Promise<void> {
  if (!(await managed(deps, click))) return;
  const { id: workspaceId } = deps.workspace;
  // The same text again replaces its lesson.
  const id = `try ${deps.flows.hashAuthor(' try', text).slice(0, 24)}`;
  const by = click.userId;
  const { verdict } = shownVerdict(await tryText(deps.flows, { workspaceId, text }));
  const what = { workspaceId, id, keywordId: null, said, by, text };
  const lesson = await teach(deps.flows, { ...what, seen: verdict.negativity });
  await tell(deps, click, lessonNote(lesson, null), true);
}
