import { personFigures } from '../../../flows/report/figures.ts';
import { personsMessage } from '../../blocks/report.ts';
import { tell } from '../../respond.ts';
import type { Click } from '../click.ts';
import { beginOf, mayPersons, readSpan } from '../commands/report.ts';
import type { Listening } from '../context.ts';

/** Figures by person, for the one who asked alone: all where the settings allow it, else their own. */
export async function figures(deps: Listening, click: Click, value: string): Promise<void> {
  const { userId } = click;
  const span = readSpan(value) ?? 'week';
  const mayAll = await mayPersons(deps, userId);
  const people = await personFigures(
    deps.flows,
    deps.workspace.id,
    beginOf(deps, span),
    mayAll ? null : userId,
  );
  const names = await deps.people.names(people.map(({ actor }) => actor));
  await tell(deps, click, personsMessage(people, span, !mayAll, names));
  deps.log.info({ actor: userId, mayAll }, 'figures by person were asked for');
}
