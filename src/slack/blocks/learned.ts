import type { KnownBlock } from '@slack/web-api';
import type { Lesson } from '../../core/ports.ts';
import type { Exclusion } from '../../flows/set-up/exclude.ts';
import type { LearnedSummary } from '../../flows/hear/learn.ts';
import { ACTIONS, COMMAND } from '../ids.ts';
import type { Names } from '../people.ts';
import { count } from './keywords.ts';
import { button, context, section, type Message } from './message.ts';
import { brief, date, markup, namedLink, type Markup } from './text.ts';

/** Lessons that one answer shows. */
const MOST = 15;

const SAID: Readonly<Record<Lesson['said'], string>> = {
  'not-negative': 'Not negative',
  'not-about-us': 'Not about us',
  negative: 'Negative',
  answered: 'Answered',
};

export interface LearnedContent extends LearnedSummary {
  /** Lessons that are kept at most; then the oldest go. */
  most: number;
  queryOf: (keywordId: string | null) => string | null;
  /** Where the card is that a lesson is about; null without one. */
  cardUrlOf: (lessonId: string) => string | null;
}

/** What the team taught, newest first, each with its way back. */
export function learnedMessage(content: LearnedContent, names: Names): Message {
  const { counts, lessons, most } = content;
  if (lessons.length === 0) {
    const none = markup`Nothing was learned yet. *Not negative* and *Not about us* on a card, and *It is negative* in the digest, teach.`;
    return { text: none.markup, blocks: [section(none)] };
  }
  const title = `${count(lessons.length, 'lesson')}: ${counts['not-negative']} not negative, ${counts['not-about-us']} not about us, ${counts.negative} negative, ${count(counts.answered, 'answer')} that agreed`;
  const more = lessons.length - MOST;
  return {
    text: title,
    blocks: [
      section(title),
      ...lessons.slice(0, MOST).map((lesson) => lessonRow(lesson, content, names)),
      ...(more > 0 ? [context(`${more} older ones`)] : []),
      context(
        `What is kept are numbers, from which no text can be read; the newest ${most} count, and only for this workspace.`,
      ),
    ],
  };
}

function lessonRow(lesson: Lesson, content: LearnedContent, names: Names): KnownBlock {
  const query = content.queryOf(lesson.keywordId);
  const url = content.cardUrlOf(lesson.id);
  const about = query === null ? markup`` : markup` · ${brief(query, 60)}`;
  const card = url === null ? markup`` : markup` · ${namedLink(url, 'card')}`;
  const text = markup`${SAID[lesson.said]} · by ${brief(names(lesson.by))} · ${date(lesson.at, '{ago}')}${about}${card}`;
  return {
    ...section(text),
    accessory: button({
      action: ACTIONS.lessonUndo,
      text: 'Undo',
      value: `list ${lesson.id}`,
      label: `Undo: ${SAID[lesson.said]}`,
    }),
  };
}

/** What the person who corrected a verdict is told: that it counts, and how to take it back. */
export function lessonNote(lesson: Lesson, exclusion: Exclusion | null): Message {
  const what = lesson.said === 'negative' ? 'more' : 'less';
  const text = markup`Learned: posts like this one count ${what} from now on. All of it: \`${COMMAND} learned\``;
  const undo = button({ action: ACTIONS.lessonUndo, text: 'Undo', value: lesson.id });
  return {
    text: text.markup,
    blocks: [
      section(text),
      ...(exclusion === null ? [] : exclusionRows(exclusion)),
      {
        type: 'actions',
        elements: [
          ...(exclusion === null ? [] : [excludeButton(exclusion)]),
          undo,
          button({ action: ACTIONS.close, text: 'Close', value: 'Learned.' }),
        ],
      },
    ],
  };
}

function exclusionRows(exclusion: Exclusion): KnownBlock[] {
  const { term, query, mentions, leftOut, wanted } = exclusion;
  return [
    section(`Leave out posts with “${brief(term, 60)}” altogether? ${brief(query, 300)}`),
    context(
      `Of ${count(mentions, 'mention')} of the last four weeks that would have left out ${leftOut}; ${wanted === 0 ? 'none of them' : wanted} was claimed or answered.`,
    ),
  ];
}

function excludeButton({ keyword, term }: Exclusion) {
  const value = JSON.stringify([keyword.id, term]);
  return button({ action: ACTIONS.exclude, text: 'Exclude it', value, style: 'primary' });
}

export function takenBack(): Markup {
  return markup`Taken back: it counts no more. The mention stays as it is.`;
}
