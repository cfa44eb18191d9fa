import type { Checkboxes, KnownBlock, SectionBlock } from '@slack/web-api';
import { BY_HAND } from '../../core/mention.ts';
import { postBody } from '../../core/post.ts';
import type { ListedMention, SourceRecord } from '../../core/ports.ts';
import { PAGE, type HomeList, type HomePage } from '../../flows/tell/home.ts';
import { ACTIONS } from '../ids.ts';
import { tickBlock, type HomeState } from './home-state.ts';
import { button, context, header, option, section } from './message.ts';
import { sourceState } from './sources.ts';
import { brief, date, markup, safeUrl, type Markup } from './text.ts';

const EXCERPT = 200;
const LABEL = 100;

export const LIST_NAMES: Readonly<Record<HomeList, string>> = {
  mine: 'My claims',
  open: 'Oldest unclaimed',
  snoozed: 'Snoozed',
  sources: 'Sources that need a look',
};

const EMPTY: Readonly<Record<HomeList, string>> = {
  mine: 'Nothing is claimed by you.',
  open: 'Nothing waits. Every mention is claimed or closed.',
  snoozed: 'Nothing is snoozed.',
  sources: 'Every source is heard as usual.',
};

/** What rows need to know of the person and the place. */
export interface RowFrame {
  userId: string;
  now: Date;
  state: Pick<HomeState, 'list' | 'ticks' | 'round'>;
  /** Where the card of a mention is; null without one. */
  cardUrl: (row: ListedMention) => string | null;
}

/** A list of mentions, or the first of it: its heading, its rows, and the way to the others. */
export function mentionList(
  list: Exclude<HomeList, 'sources'>,
  page: HomePage<ListedMention>,
  frame: RowFrame,
): KnownBlock[] {
  const rows = page.rows.flatMap((row, at) => mentionRow(row, page.offset + at + 1, frame));
  return framed(list, page, rows, frame.state.list);
}

export function sourcePages(
  page: HomePage<SourceRecord>,
  { state }: Pick<RowFrame, 'state'>,
): KnownBlock[] {
  const rows = page.rows.flatMap((source) => [
    section(brief(source.label, LABEL)),
    context(...sourceState(source)),
  ]);
  return framed('sources', page, rows, state.list);
}

function framed(
  list: HomeList,
  { total, offset, rows }: HomePage<unknown>,
  blocks: readonly KnownBlock[],
  at: HomeState['list'],
): KnownBlock[] {
  const span = rows.length < total ? ` · ${offset + 1}-${offset + rows.length} of ${total}` : '';
  return [
    header(`${LIST_NAMES[list]}${span}`),
    ...(blocks.length === 0 ? [context(EMPTY[list])] : blocks),
    ...(rows.length < total ? [pager(list, offset, rows.length, total, at)] : []),
  ];
}

/** From the overview to the whole list; within the list a page on or back. */
function pager(
  list: HomeList,
  offset: number,
  shown: number,
  total: number,
  at: HomeState['list'],
): KnownBlock {
  if (at === 'overview') {
    const all = button({ action: `${ACTIONS.homeAll}_${list}`, text: `All ${total}`, value: list });
    return { type: 'actions', elements: [all] };
  }
  const turn = (action: string, text: string, to: number) =>
    button({ action, text, value: String(to), label: `${text}: ${LIST_NAMES[list]}` });
  const last = Math.floor((total - 1) / PAGE) * PAGE;
  return {
    type: 'actions',
    elements: [
      ...(offset > PAGE ? [turn(ACTIONS.homeFirst, 'First', 0)] : []),
      ...(offset > 0 ? [turn(ACTIONS.homePrevious, 'Previous', Math.max(0, offset - PAGE))] : []),
      ...(offset + shown < total ? [turn(ACTIONS.homeNext, 'Next', offset + PAGE)] : []),
      ...(offset + PAGE < last ? [turn(ACTIONS.homeLast, 'Last', last)] : []),
    ],
  };
}

function mentionRow(row: ListedMention, number: number, frame: RowFrame): KnownBlock[] {
  const { mention } = row;
  const body = postBody({ title: mention.title, text: mention.text ?? '' }).replace(/\n+/gu, ' · ');
  return [
    { ...section(excerpt(body)), ...tick(mention.id, number, frame.state) },
    context(...facts(row, frame)),
    { type: 'actions', elements: deeds(row, frame) },
  ];
}

/** Cut between words, where there are any. */
function excerpt(body: string): string {
  return brief(body, EXCERPT).replace(/[\s.…]*\s\S{1,20}…$/u, '…');
}

/** A box of its own for each row: Slack takes ten in one element at the most. */
function tick(
  id: string,
  number: number,
  { ticks, round }: RowFrame['state'],
): Pick<SectionBlock, 'block_id' | 'accessory'> {
  const box = option(String(number), id);
  const accessory: Checkboxes = {
    type: 'checkboxes',
    action_id: ACTIONS.tick,
    options: [box],
    ...(ticks.includes(id) ? { initial_options: [box] } : {}),
  };
  return { block_id: tickBlock(round, id), accessory };
}

function facts({ mention, keyword, sourceLabel }: ListedMention, { now }: RowFrame) {
  const { verdict, claimedAt, foundAt, snoozedUntil } = mention;
  const facts: (string | Markup)[] = [
    verdict.severity === null ? '' : `⚠️ ${verdict.severity}`,
    keyword === null
      ? mention.keywordId === BY_HAND
        ? 'brought by hand'
        : ''
      : brief(keyword.query),
    brief(sourceLabel),
    claimedAt === null
      ? markup`found ${date(foundAt, '{ago}')}`
      : markup`claimed ${date(claimedAt, '{ago}')}`,
  ];
  if (snoozedUntil !== null && snoozedUntil > now) {
    facts.push(markup`snoozed until ${date(snoozedUntil, '{date_short_pretty} {time}')}`);
  }
  return facts;
}

function deeds(row: ListedMention, { userId, now, cardUrl }: RowFrame) {
  const { id: value, status, claimedBy, snoozedUntil, url } = row.mention;
  const post = safeUrl(url);
  const card = cardUrl(row);
  const isMine = status === 'claimed' && claimedBy === userId;
  const isAsleep = snoozedUntil !== null && snoozedUntil > now;
  return [
    ...(status === 'open' ? [button({ action: ACTIONS.claim, text: 'Claim', value })] : []),
    ...(isMine && post !== null
      ? [button({ action: ACTIONS.answerThere, text: 'Answer', value, url: post })]
      : []),
    ...(isMine ? [button({ action: ACTIONS.answer, text: 'Log answer', value })] : []),
    ...(isAsleep ? [button({ action: ACTIONS.wake, text: 'End the snooze', value })] : []),
    ...(post === null || isMine
      ? []
      : [button({ action: ACTIONS.open, text: 'Open post', value, url: post })]),
    ...(card === null
      ? []
      : [button({ action: ACTIONS.link, text: 'See the card', value, url: card })]),
  ];
}
