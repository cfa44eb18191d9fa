import type { PersonFigures, TeamFigures } from '../../flows/report/figures.ts';
import { ACTIONS, COMMAND } from '../ids.ts';
import type { Names } from '../people.ts';
import { button, context, section, type Message } from './message.ts';
import { brief, capital, duration, markup, type Markup } from './text.ts';

/** How far back a report goes. */
export const SPANS = { week: 7, month: 30, quarter: 90 } as const;
export type Span = keyof typeof SPANS;

const WORDS: Readonly<Record<Span, string>> = {
  week: 'the last seven days',
  month: 'the last thirty days',
  quarter: 'the last ninety days',
};
/** People in one answer. */
const MOST_PEOPLE = 40;

/** The figures of the team. Those by person are offered to who may see them; everybody has their own. */
export function reportMessage(figures: TeamFigures, span: Span, mayPersons: boolean): Message {
  const { found, cards, claimed, answered, verified, dismissed, withdrawn, waiting } = figures;
  const head = markup`${capital(WORDS[span])}: ${found} found, ${cards} with a card`;
  const done = markup`${claimed} claimed, ${answered} answered (${verified} verified), ${dismissed} dismissed, ${withdrawn} withdrawn, ${waiting} waiting`;
  return {
    text: head.markup,
    blocks: [
      section(head),
      section(done),
      context(
        markup`Half of the claims came within ${time(figures.medianMinutesToClaim)}, half of the answers within ${time(figures.medianMinutesToAnswer)}, counted from when it was found`,
      ),
      {
        type: 'actions',
        elements: [
          button({
            action: ACTIONS.figures,
            text: mayPersons ? 'By person' : 'My own figures',
            value: span,
          }),
        ],
      },
      context(markup`Wider: \`${COMMAND} report month\` · one by one: \`${COMMAND} log week\``),
    ],
  };
}

/** Figures by person, for one who may see them. `isOwn`: they see their own alone. */
export function personsMessage(
  people: readonly PersonFigures[],
  span: Span,
  isOwn: boolean,
  names: Names,
): Message {
  const head = isOwn ? markup`Your own figures, ${WORDS[span]}` : markup`By person, ${WORDS[span]}`;
  const lines = people.slice(0, MOST_PEOPLE).map((person) => lineOf(person, names));
  const more = people.length - lines.length;
  return {
    text: head.markup,
    blocks: [
      section(head),
      ...(lines.length === 0 ? [context('Nothing was claimed, answered or dismissed.')] : []),
      ...lines.map((line) => context(line)),
      ...(more > 0 ? [context(markup`and ${more} more`)] : []),
      context(
        isOwn
          ? 'Only you see this. Who else may see figures by person is set under /earshot privacy.'
          : 'They count clicks, not how hard a case was, and they end when the names in the log do.',
      ),
    ],
  };
}

function lineOf(person: PersonFigures, names: Names): Markup {
  const { actor, claimed, answered, dismissed, medianMinutesToAnswer } = person;
  const pace =
    medianMinutesToAnswer === null
      ? markup``
      : markup`, half of the answers within ${time(medianMinutesToAnswer)} of the claim`;
  return markup`${brief(names(actor))}: ${claimed} claimed, ${answered} answered, ${dismissed} dismissed${pace}`;
}

function time(minutes: number | null): string {
  return minutes === null ? '–' : duration(minutes * 60_000);
}
