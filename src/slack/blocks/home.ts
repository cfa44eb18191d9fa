import type { HomeView, KnownBlock, SectionBlock, UsersSelect } from '@slack/web-api';
import { HOME_LISTS, type HomeList, type HomeReading } from '../../flows/tell/home.ts';
import { ACTIONS, COMMAND } from '../ids.ts';
import { firstSteps } from './first-steps.ts';
import { mentionList, sourcePages, type RowFrame } from './home-list.ts';
import { homeMetadata, MOST_TICKS, type HomeResult, type HomeState } from './home-state.ts';
import { button, context, section } from './message.ts';
import { joined, markup, plain, type Markup } from './text.ts';

export interface HomeContent extends Pick<RowFrame, 'userId' | 'cardUrl'> {
  reading: HomeReading;
  state: HomeState;
  mayManage: boolean;
}

/** Below so many rows the buttons under them are still in sight. */
const FAR = 6;

/** The Home tab of one person: the figures, the lists, and what to do with what is ticked. */
export function home(content: HomeContent): HomeView {
  const { reading, state, mayManage } = content;
  const { mentions, sources } = reading;
  const frame: RowFrame = { ...content, now: reading.now };
  const rows = Object.values(mentions).reduce((sum, page) => sum + page.rows.length, 0);
  return {
    type: 'home',
    private_metadata: homeMetadata(state),
    blocks: [
      ...firstSteps(reading.setUp, mayManage),
      context(waitingWords(reading)),
      context(todayWords(reading)),
      places(reading, state),
      ...(state.result === null ? [] : [resultLine(state.result)]),
      ...(rows === 0 ? [] : [tickWords(state, reading), bar(state, 'top')]),
      ...(mentions.mine === undefined ? [] : mentionList('mine', mentions.mine, frame)),
      ...(mentions.open === undefined ? [] : mentionList('open', mentions.open, frame)),
      ...(mentions.snoozed === undefined || isQuiet(state, reading, 'snoozed')
        ? []
        : mentionList('snoozed', mentions.snoozed, frame)),
      ...(rows > FAR ? [bar(state, 'bottom')] : []),
      ...(sources === null || isQuiet(state, reading, 'sources')
        ? []
        : sourcePages(sources, frame)),
      { type: 'divider' },
      ...(mayManage ? [settingsButton()] : []),
      context(markup`All commands: \`${COMMAND} help\``),
    ],
  };
}

/** In the overview, what is as it should be needs no words. */
function isQuiet({ list }: HomeState, { totals }: HomeReading, of: HomeList): boolean {
  return list === 'overview' && totals[of] === 0;
}

function waitingWords({ totals, claimed, waiting }: HomeReading): Markup {
  const parts = [
    markup`${totals.open} unclaimed`,
    markup`${claimed} claimed`,
    ...(totals.snoozed > 0 ? [markup`${totals.snoozed} snoozed`] : []),
    ...(waiting > 0 ? [markup`${waiting} waiting for their card`] : []),
  ];
  return markup`Now: ${joined(parts, ' · ')}`;
}

function todayWords({ today }: HomeReading): Markup {
  const { found, claimed, answered, dismissed, medianMinutes } = today;
  const median =
    medianMinutes === null
      ? markup``
      : markup` · answered ${medianMinutes} min after they were found (median)`;
  return markup`Today: ${found} found, ${claimed} claimed, ${answered} answered, ${dismissed} dismissed${median}`;
}

const PLACES: Readonly<Record<HomeList, string>> = {
  mine: 'My claims',
  open: 'Unclaimed',
  snoozed: 'Snoozed',
  sources: 'Sources',
};

/** One button a list, with how much is in it; the one that is shown stands out. */
function places({ totals }: HomeReading, { list: at }: HomeState): KnownBlock {
  const place = (list: HomeState['list'], text: string) =>
    button({
      action: `${ACTIONS.homeShow}_${list}`,
      text,
      value: list,
      ...(list === at ? { style: 'primary' as const } : {}),
    });
  return {
    type: 'actions',
    elements: [
      place('overview', 'At a glance'),
      ...HOME_LISTS.map((list) => place(list, `${PLACES[list]} (${totals[list]})`)),
    ],
  };
}

function resultLine({ text, undo }: HomeResult): SectionBlock {
  if (undo === null) return section(text);
  return {
    ...section(text),
    accessory: button({ action: ACTIONS.bulkUndo, text: 'Undo', value: undo }),
  };
}

function tickWords({ ticks }: HomeState, { mentions }: HomeReading) {
  const here = Object.values(mentions).flatMap(({ rows }) => rows.map(({ mention }) => mention.id));
  const elsewhere = ticks.filter((id) => !here.includes(id)).length;
  return context(
    'Tick as many as you like, on several pages too; then choose what becomes of them.',
    ...(elsewhere === 0 ? [] : [`${elsewhere} ticked elsewhere, ${MOST_TICKS} at the most.`]),
  );
}

/** What becomes of all that is ticked. */
function bar({ round, ticks }: HomeState, where: 'top' | 'bottom'): KnownBlock {
  const assign: UsersSelect = {
    type: 'users_select',
    action_id: ACTIONS.bulkAssign,
    placeholder: plain('Assign them to…', 150),
  };
  return {
    type: 'actions',
    // Another id each time, so that Slack does not go on showing who was chosen last.
    block_id: `bulk ${round} ${where}`,
    elements: [
      button({
        action: ACTIONS.bulkClaim,
        text: 'Claim them',
        style: 'primary',
        label: 'Claim all that is ticked',
      }),
      assign,
      button({
        action: ACTIONS.bulkDismiss,
        text: 'Dismiss them…',
        label: 'Dismiss all that is ticked',
      }),
      button({
        action: ACTIONS.bulkSnooze,
        text: 'Snooze them…',
        label: 'Snooze all that is ticked',
      }),
      button({ action: ACTIONS.tickAll, text: 'Tick this page' }),
      ...(ticks.length === 0 ? [] : [button({ action: ACTIONS.untick, text: 'Untick all' })]),
    ],
  };
}

function settingsButton(): KnownBlock {
  return { type: 'actions', elements: [button({ action: ACTIONS.settings, text: 'Settings' })] };
}
