import type { KnownBlock, ModalView } from '@slack/web-api';
import { addDays, instantOf, wallOf } from '../../../core/time/zone.ts';
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
/** Minutes after midnight. */
const MORNING = 9 * 60;
const EVENING = 18 * 60;
const CHOICES = [
  { choice: 'one-hour', text: 'For one hour' },
  { choice: 'evening', text: 'Until the evening, 18:00' },
  { choice: 'tomorrow', text: 'Until tomorrow, 9:00' },
] as const;
type Choice = (typeof CHOICES)[number]['choice'];

export function snoozeModal(ref: ModalRef): ModalView {
  return modal({
    callbackId: VIEWS.snooze,
    title: 'Snooze',
    submit: 'Snooze',
    metadata: ref,
    blocks: snoozeInputs(),
  });
}

export function snoozeInputs(): KnownBlock[] {
  const options = CHOICES.map(({ choice, text }) => option(text, choice));
  return [
    input(INPUTS.until, 'Remind and escalate no sooner than', { type: 'radio_buttons', options }),
  ];
}

/** `timeZone`: the person's own. The evening is the next one that comes. */
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
  const { date, minutes } = wallOf(now, timeZone);
  switch (choice) {
    case 'one-hour':
      return new Date(now.getTime() + HOUR);
    case 'evening':
      return instantOf(minutes < EVENING ? date : addDays(date, 1), EVENING, timeZone);
    case 'tomorrow':
      return instantOf(addDays(date, 1), MORNING, timeZone);
  }
}
