import type { Button, KnownBlock } from '@slack/web-api';
import type { Considered } from '../../flows/set-up/consider.ts';
import type { Draft } from '../../flows/set-up/keywords.ts';
import type { Example, Preview } from '../../flows/set-up/preview.ts';
import { ACTIONS } from '../ids.ts';
import { draftValue } from './draft.ts';
import { count } from './keywords.ts';
import { button, context, section, type Message } from './message.ts';
import { brief, clip, markup, type Markup } from './text.ts';
import { verdictWords } from './verdict.ts';

const QUERY = 200;
const MOST_WARNINGS = 3;
const EXAMPLE = 200;

/** What a query would have heard; saved already, or waiting for a yes. `next`: where its cards go. */
export function consideredMessage(considered: Considered, next: Markup): Message {
  const { draft, explanation, preview, previous, saved, warnings } = considered;
  const query = brief(draft.query, QUERY);
  const head = saved === null ? `Not saved yet: ${query}` : `Watching ${query}`;
  return {
    text: markup`${head}`.markup,
    blocks: [
      section(head),
      ...warnings.slice(0, MOST_WARNINGS).map((warning) => warningRow(draft, warning)),
      context(clip(`Hears ${explanation}.`, 1500)),
      section(summary(considered)),
      ...(previous === null ? [] : [context(`Before the change: ${figures(previous)}`)]),
      ...preview.posted.map(exampleRow),
      ...preview.leftOut.map(exampleRow),
      ...(saved === null ? [] : [context(next)]),
      ...offers(considered),
    ],
  };
}

function warningRow(draft: Draft, { message, proposal }: Considered['warnings'][number]) {
  const block = section(`⚠️ ${clip(message, 1500)}`);
  const value = proposal === null ? null : draftValue({ ...draft, query: proposal });
  if (value === null) return block;
  const label = `Use this query instead: ${proposal}`;
  return {
    ...block,
    accessory: button({ action: ACTIONS.keywordTake, text: 'Use this', value, label }),
  };
}

function summary({ preview, asked, answered }: Considered): string {
  if (asked === 0) return 'No source could be asked what it says now, so there is no preview.';
  const places = answered === asked ? count(asked, 'source') : `${answered} of ${asked} sources`;
  if (answered === 0) return `None of ${count(asked, 'source')} answered, so there is no preview.`;
  return `Of ${count(preview.posts, 'post')} that ${places} ${answered === 1 ? 'shows' : 'show'} now: ${figures(preview)}.`;
}

function figures({ card, digest, nothing, excluded }: Preview): string {
  const parts = [count(card, 'card'), `${count(digest, 'line')} in the digest`];
  if (nothing > 0) parts.push(`${nothing} not negative enough`);
  if (excluded > 0) parts.push(`${excluded} left out by the query`);
  return parts.join(', ');
}

function exampleRow({ text, label, fate, verdict, excludedBy }: Example): KnownBlock {
  const judged = verdictWords(verdict, verdict.language);
  const why = verdict.reasons.map(({ phrase }) => brief(phrase, 60)).join(' · ');
  const head =
    fate === 'excluded'
      ? `Left out by ${brief(excludedBy ?? '', 60)}`
      : `${FATES[fate]} · ${judged}${why === '' ? '' : `: ${why}`}`;
  return context(`${head} · ${brief(label, 60)}`, brief(text, EXAMPLE));
}

const FATES = { card: '🔴 A card', digest: '🟡 The digest', nothing: '⚪ Nothing' } as const;

function offers({ draft, saved, before }: Considered): KnownBlock[] {
  const value = draftValue(saved === null ? draft : { ...draft, id: saved.id });
  if (value === null) {
    return saved === null
      ? [context('It is too long to be asked about here. Make several keywords of it.')]
      : [];
  }
  const adjust = button({ action: ACTIONS.keywordAdjust, text: 'Adjust', value });
  if (saved === null) {
    const save = button({ action: ACTIONS.keywordSave, text: 'Save', value, style: 'primary' });
    const cancel = button({ action: ACTIONS.close, text: 'Cancel', value: 'Nothing was saved.' });
    return [{ type: 'actions', elements: [save, adjust, cancel] }];
  }
  const undo = undoButton(saved.id, before);
  return [{ type: 'actions', elements: undo === null ? [adjust] : [adjust, undo] }];
}

function undoButton(id: string, before: Considered['before']): Button | null {
  if (before === null) return button({ action: ACTIONS.keywordUndo, text: 'Undo', value: id });
  const value = draftValue(before);
  return value === null ? null : button({ action: ACTIONS.keywordSave, text: 'Undo', value });
}
