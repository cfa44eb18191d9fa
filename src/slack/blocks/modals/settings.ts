import type { KnownBlock, ModalView } from '@slack/web-api';
import { isTimeZone } from '../../../core/time/zone.ts';
import { readTimes } from '../../../core/digest.ts';
import type { Keyword, Settings } from '../../../core/ports.ts';
import { INPUTS, VIEWS } from '../../ids.ts';
import { option } from '../message.ts';
import { keywordMenu } from './thresholds.ts';
import {
  input,
  modal,
  textOf,
  valueOf,
  type InputErrors,
  type InputValues,
  severalInput,
} from './frame.ts';

export interface UserGroup {
  id: string;
  name: string;
}

export type SettingsEdit = Pick<
  Settings,
  | 'channelId'
  | 'escalateTo'
  | 'nudgeMinutes'
  | 'pingMinutes'
  | 'markedFaster'
  | 'managers'
  | 'timeZone'
  | 'digestTimes'
  | 'burstCards'
  | 'stormFrom'
  | 'praiseChannelId'
>;

/** A week; who waits longer has forgotten. */
const MOST_MINUTES = 7 * 24 * 60;
const MOST_OPTIONS = 100;
const MOST_DIGESTS = 6;
const MOST_CARDS = 300;
const LEAST_STORM = 5;
const MOST_STORM = 1000;

const FASTER = option(
  'Faster: help at once where people are in danger, else half the time',
  'faster',
);
const SAME = option('Like all others', 'same');

/** `groups`: the user groups that can be asked; empty leaves that input out. */
export function settingsModal(
  settings: Settings,
  groups: readonly UserGroup[],
  keywords: readonly Keyword[],
  channelId: string | null,
): ModalView {
  const menu = keywordMenu(keywords);
  const asked = settings.escalateTo;
  return modal({
    callbackId: VIEWS.settings,
    title: 'Settings',
    submit: 'Save',
    metadata: { channelId },
    blocks: [
      input(
        INPUTS.channel,
        'Support channel',
        {
          type: 'conversations_select',
          filter: { include: ['public', 'private'], exclude_bot_users: true },
          ...(settings.channelId === null ? {} : { initial_conversation: settings.channelId }),
        },
        { hint: 'Cards appear there. Invite Earshot to it.' },
      ),
      ...(menu === null ? [] : [menu]),
      minutes(INPUTS.nudge, 'Reminder after, minutes unclaimed', settings.nudgeMinutes),
      minutes(INPUTS.ping, 'Call for help after, minutes unclaimed', settings.pingMinutes),
      input(INPUTS.marked, 'Marked posts: safety, vulnerable, legal, outage, money, leaving', {
        type: 'radio_buttons',
        options: [FASTER, SAME],
        initial_option: settings.markedFaster ? FASTER : SAME,
      }),
      people(
        INPUTS.people,
        'People who are called',
        asked.filter((id) => !isGroup(id)),
      ),
      ...groupInput(groups, asked.filter(isGroup)),
      people(INPUTS.managers, 'Who may change all this, beside admins', settings.managers),
      input(
        INPUTS.timeZone,
        'Time zone of the team',
        { type: 'plain_text_input', initial_value: settings.timeZone },
        { hint: 'As in Europe/Berlin; it says when “today” begins.' },
      ),
      input(
        INPUTS.digestTimes,
        'Times of the digest',
        {
          type: 'plain_text_input',
          ...(settings.digestTimes.length === 0
            ? {}
            : { initial_value: settings.digestTimes.join(', ') }),
        },
        {
          optional: true,
          hint: 'As in 09:00, 16:00. What stayed under the threshold of a card; empty: no digest.',
        },
      ),
      number(INPUTS.burstCards, 'New cards in five minutes, at the most', settings.burstCards, {
        least: 1,
        most: MOST_CARDS,
        hint: 'More than these wait, the worst first, and the channel says how many.',
      }),
      number(INPUTS.stormFrom, 'A storm from this many in half an hour', settings.stormFrom, {
        least: LEAST_STORM,
        most: MOST_STORM,
        hint: 'If that is far more than usual, one card tells of all, and the others wait behind it. After the first day a quarter is enough, where that is ten times the usual.',
      }),
      input(
        INPUTS.praise,
        'Channel for praise',
        {
          type: 'conversations_select',
          filter: { include: ['public', 'private'], exclude_bot_users: true },
          ...(settings.praiseChannelId === null
            ? {}
            : { initial_conversation: settings.praiseChannelId }),
        },
        { optional: true, hint: 'Addresses of posts that speak well of you; empty: nowhere.' },
      ),
    ],
  });
}

function isGroup(id: string): boolean {
  return id.startsWith('S');
}

function minutes(id: string, label: string, value: number) {
  return number(id, label, value, { least: 1, most: MOST_MINUTES });
}

function number(
  id: string,
  label: string,
  value: number,
  { least, most, ...options }: { least: number; most: number; hint?: string },
) {
  const element = {
    type: 'number_input',
    is_decimal_allowed: false,
    min_value: String(least),
    max_value: String(most),
    initial_value: String(value),
  } as const;
  return input(id, label, element, options);
}

function people(id: string, label: string, chosen: readonly string[]) {
  const initial = chosen.length === 0 ? {} : { initial_users: [...chosen] };
  return input(id, label, { type: 'multi_users_select', ...initial }, { optional: true });
}

function groupInput(groups: readonly UserGroup[], chosen: readonly string[]): KnownBlock[] {
  // A group that is chosen and not offered any more would be lost by saving.
  const known = new Set(groups.map(({ id }) => id));
  const lost = chosen.filter((id) => !known.has(id)).map((id) => ({ id, name: id }));
  const all = [...lost, ...groups].slice(0, MOST_OPTIONS);
  if (all.length === 0) return [];
  const options = all.map(({ id, name }) => option(name, id));
  return [severalInput(INPUTS.groups, 'User groups that are called', options, chosen)];
}

export function readSettings(values: InputValues): { ok: true; edit: SettingsEdit } | InputErrors {
  const nudge = wholeMinutes(textOf(values, INPUTS.nudge));
  const ping = wholeMinutes(textOf(values, INPUTS.ping));
  const timeZone = textOf(values, INPUTS.timeZone) ?? '';
  const channelId = valueOf(values, INPUTS.channel).selected_conversation ?? null;
  const errors: Record<string, string> = {};
  if (channelId === null) errors[INPUTS.channel] = 'Choose the channel for the cards.';
  if (nudge === null) errors[INPUTS.nudge] = 'Whole minutes, from 1 to a week.';
  if (ping === null) errors[INPUTS.ping] = 'Whole minutes, from 1 to a week.';
  if (nudge !== null && ping !== null && ping <= nudge) {
    errors[INPUTS.ping] = 'Later than the reminder.';
  }
  if (!isTimeZone(timeZone)) errors[INPUTS.timeZone] = 'A name such as Europe/Berlin or UTC.';
  const digestTimes = readTimes(textOf(values, INPUTS.digestTimes) ?? '');
  if (digestTimes === null || digestTimes.length > MOST_DIGESTS) {
    errors[INPUTS.digestTimes] = 'Times such as 09:00, 16:00; six at the most.';
  }
  const burstCards = wholeNumber(textOf(values, INPUTS.burstCards), MOST_CARDS);
  if (burstCards === null) errors[INPUTS.burstCards] = `A whole number, from 1 to ${MOST_CARDS}.`;
  const stormFrom = wholeNumber(textOf(values, INPUTS.stormFrom), MOST_STORM, LEAST_STORM);
  if (stormFrom === null) errors[INPUTS.stormFrom] = 'A whole number, from 5 to 1000.';
  if (
    nudge === null ||
    ping === null ||
    digestTimes === null ||
    burstCards === null ||
    stormFrom === null ||
    Object.keys(errors).length > 0
  ) {
    return { ok: false, errors };
  }
  const groups = valueOf(values, INPUTS.groups).selected_options ?? [];
  const escalateTo = [
    ...(valueOf(values, INPUTS.people).selected_users ?? []),
    ...groups.map(({ value }) => value),
  ];
  const managers = valueOf(values, INPUTS.managers).selected_users ?? [];
  return {
    ok: true,
    edit: {
      ...{ channelId, escalateTo, managers, timeZone, digestTimes, burstCards, stormFrom },
      praiseChannelId: valueOf(values, INPUTS.praise).selected_conversation ?? null,
      nudgeMinutes: nudge,
      pingMinutes: ping,
      markedFaster: valueOf(values, INPUTS.marked).selected_option?.value !== 'same',
    },
  };
}

function wholeMinutes(text: string | null): number | null {
  return wholeNumber(text, MOST_MINUTES);
}

function wholeNumber(text: string | null, most: number, least = 1): number | null {
  const value = Number(text ?? Number.NaN);
  return Number.isInteger(value) && value >= least && value <= most ? value : null;
}
