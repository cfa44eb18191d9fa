import type { ModalView } from '@slack/web-api';
import { startOfDay } from '../../../core/day.ts';
import { INPUTS, VIEWS } from '../../ids.ts';
import { option } from '../message.ts';
import {
  input,
  modal,
  valueOf,
  type InputErrors,
  type InputValues,
  type ModalRef,
} from './frame.ts';

const HOUR = 3_600_000;
const CHOICES = [
  { choice: 'one-hour', text: 'For one hour' },
  { choice: 'three-hours', text: 'For three hours' },
  { choice: 'tomorrow', text: 'Until tomorrow, 9:00' },
] as const;
type Choice = (typeof CHOICES)[number]['choice'];

export function snoozeModal(ref: ModalRef): ModalView {
  const options = CHOICES.map(({ choice, text }) => option(text, choice));
  return modal({
    callbackId: VIEWS.snooze,
    title: 'Snooze',
    submit: 'Snooze',
    metadata: ref,
    blocks: [
      input(INPUTS.until, 'Remind and escalate no sooner than', { type: 'radio_buttons', options }),
    ],
  });
}

/** `timeZone`: the person's own, for "tomorrow". */
export function readSnooze(
  values: InputValues,
  now: Date,
  timeZone: string,
): { ok: true; until: Date } | InputErrors {
  const value = valueOf(values, INPUTS.until).selected_option?.value;
  const chosen = CHOICES.find(({ choice }) => choice === value);
  if (chosen === undefined) {
    return { ok: false, errors: { [INPUTS.until]: 'Choose how long.' } };
  }
  return { ok: true, until: untilOf(chosen.choice, now, timeZone) };
}

function untilOf(choice: Choice, now: Date, timeZone: string): Date {
  switch (choice) {
    case 'one-hour':
      return new Date(now.getTime() + HOUR);
    case 'three-hours':
      return new Date(now.getTime() + 3 * HOUR);
    case 'tomorrow':
      return morningAfter(now, timeZone);
  }
}

/** Nine o'clock of the next day; on the days when clocks change it is not nine hours after midnight. */
function morningAfter(now: Date, timeZone: string): Date {
  // 36 hours after midnight is tomorrow, however long today is.
  const noon = new Date(startOfDay(now, timeZone).getTime() + 36 * HOUR);
  const midnight = startOfDay(noon, timeZone).getTime();
  const nine = [9, 8, 10].map((hours) => new Date(midnight + hours * HOUR));
  return nine.find((at) => hourIn(at, timeZone) === 9) ?? new Date(midnight + 9 * HOUR);
}

function hourIn(at: Date, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, hour: 'numeric', hourCycle: 'h23' });
  return Number(format.format(at));
}
