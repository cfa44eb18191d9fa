import { HOME_LISTS, type HomePlace } from '../../flows/tell/home.ts';
import { ACTIONS } from '../ids.ts';
import type { InputValues } from './modals/frame.ts';
import type { Markup } from './text.ts';

/** Where a person is on their Home, what they have ticked there, and what came of their last deed. */
export interface HomeState extends HomePlace {
  /** Ids of mentions, on all pages. */
  ticks: readonly string[];
  /** Grows whenever the ticks are set by us: Slack keeps those of an input with the same id. */
  round: number;
  result: HomeResult | null;
}

export interface HomeResult {
  text: Markup;
  /** The value of its *Undo*; null where there is nothing to take back. */
  undo: string | null;
}

export const FIRST_HOME: HomeState = {
  ...{ list: 'overview', offset: 0, ticks: [], round: 0, result: null },
};

/** As many as private metadata and the value of an *Undo* can carry. */
export const MOST_TICKS = 60;

/** The private metadata of the view: all but the result. */
export function homeMetadata({ list, offset, ticks, round }: HomeState): string {
  return JSON.stringify({ list, offset, round, ticks: ticks.join(' ') });
}

/** What a person saw and had ticked when they pressed something; a payload that is not ours is null. */
export function readHomeState(metadata: string, values: InputValues): HomeState | null {
  try {
    const read = JSON.parse(metadata) as Partial<Record<keyof HomeState, unknown>> | null;
    const list = [...HOME_LISTS, 'overview' as const].find((one) => one === read?.list);
    const { offset, round, ticks } = read ?? {};
    if (list === undefined || typeof offset !== 'number' || typeof round !== 'number') return null;
    const before = typeof ticks === 'string' ? ticks.split(' ').filter(Boolean) : [];
    return { list, offset, round, ticks: tickedNow(before, round, values), result: null };
  } catch {
    return null;
  }
}

export function tickBlock(round: number, mentionId: string): string {
  return `tick ${round} ${mentionId}`;
}

/** Those of other pages stay as they are. */
function tickedNow(before: readonly string[], round: number, values: InputValues): string[] {
  const ticks = new Set(before);
  for (const [block, inputs] of Object.entries(values)) {
    const [word, of, id] = block.split(' ');
    if (word !== 'tick' || of !== String(round) || id === undefined) continue;
    if ((inputs[ACTIONS.tick]?.selected_options ?? []).length > 0) ticks.add(id);
    else ticks.delete(id);
  }
  return [...ticks].slice(0, MOST_TICKS);
}
