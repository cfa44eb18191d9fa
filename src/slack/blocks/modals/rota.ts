import type { ModalView } from '@slack/web-api';
import { checkRota, readClock, readWhen, time, type Rota } from '../../../core/escalation/index.ts';
import { isTimeZone } from '../../../core/time/zone.ts';
import type { RotaEdit } from '../../../flows/set-up/oncall.ts';
import { INPUTS, VIEWS } from '../../ids.ts';
import { option } from '../message.ts';
import { input, modal, textOf, valueOf, type InputErrors, type InputValues } from './frame.ts';

/** `id` null: a new rota. `channelId`: where to answer. */
export function rotaModal(rota: RotaEdit, id: string | null, channelId: string | null): ModalView {
  const turns = [option('a week each', 'week'), option('a day each', 'day')];
  return modal({
    callbackId: VIEWS.rota,
    title: 'Rota',
    submit: 'Save',
    metadata: { channelId, rotaId: id },
    blocks: [
      words(INPUTS.name, 'Name', rota.name, 'As in First line.'),
      input(
        INPUTS.people,
        'People, in the order of their turns',
        {
          type: 'multi_users_select',
          ...(rota.people.length === 0 ? {} : { initial_users: [...rota.people] }),
        },
        { hint: 'The first of them begins on the first day.' },
      ),
      input(INPUTS.turn, 'Turns', {
        type: 'radio_buttons',
        options: turns,
        initial_option: turns.find(({ value }) => value === rota.turn) ?? turns[0]!,
      }),
      words(INPUTS.startsOn, 'First day', rota.startsOn, 'A date; weeks change on its weekday.'),
      words(INPUTS.handOver, 'Hand-over at', time(rota.handOver), 'As in 09:00.'),
      words(INPUTS.timeZone, 'Time zone', rota.timeZone, 'As in Europe/London.'),
    ],
  });
}

function words(id: string, label: string, value: string, hint: string) {
  const initial = value === '' ? {} : { initial_value: value };
  return input(id, label, { type: 'plain_text_input', max_length: 200, ...initial }, { hint });
}

export function readRota(values: InputValues): { ok: true; edit: RotaEdit } | InputErrors {
  const handOver = readClock(textOf(values, INPUTS.handOver) ?? '');
  const edit: RotaEdit = {
    name: textOf(values, INPUTS.name) ?? '',
    people: valueOf(values, INPUTS.people).selected_users ?? [],
    turn: valueOf(values, INPUTS.turn).selected_option?.value === 'day' ? 'day' : 'week',
    handOver: handOver ?? -1,
    timeZone: textOf(values, INPUTS.timeZone) ?? '',
    startsOn: textOf(values, INPUTS.startsOn) ?? '',
  };
  const errors: Record<string, string> = {};
  if (edit.name === '') errors[INPUTS.name] = 'Give it a name.';
  if (!isTimeZone(edit.timeZone)) errors[INPUTS.timeZone] = 'A name such as Europe/London.';
  const wrong = Object.keys(errors).length === 0 ? checkRota(edit) : null;
  if (wrong !== null) errors[placeOf(wrong)] = wrong;
  return Object.keys(errors).length > 0 ? { ok: false, errors } : { ok: true, edit };
}

function placeOf(sentence: string): string {
  if (/hand-over/u.test(sentence)) return INPUTS.handOver;
  return /first day/iu.test(sentence) ? INPUTS.startsOn : INPUTS.people;
}

/** `userId`: who asks, and most likely takes the turn. */
export function swapModal(
  rota: Rota,
  suggestion: { takes: string; turnOf: string | null },
  channelId: string | null,
): ModalView {
  const { takes, turnOf } = suggestion;
  return modal({
    callbackId: VIEWS.swap,
    title: 'Swap',
    submit: 'Swap',
    metadata: { channelId, rotaId: rota.id, timeZone: rota.timeZone },
    blocks: [
      input(INPUTS.takes, 'Who takes it', { type: 'users_select', initial_user: takes }),
      input(INPUTS.turnOf, 'Whose turn', {
        type: 'users_select',
        ...(turnOf === null ? {} : { initial_user: turnOf }),
      }),
      words(INPUTS.from, 'From', '', 'As in tomorrow 9:00, SAT 22:00 or 2026-12-24 09:00.'),
      words(INPUTS.to, 'Until', '', `In the rota’s time zone, ${rota.timeZone}.`),
    ],
  });
}

export interface SwapEdit {
  takes: string;
  turnOf: string;
  from: Date;
  to: Date;
}

export function readSwap(
  values: InputValues,
  now: Date,
  timeZone: string,
): { ok: true; edit: SwapEdit } | InputErrors {
  const takes = valueOf(values, INPUTS.takes).selected_user ?? null;
  const turnOf = valueOf(values, INPUTS.turnOf).selected_user ?? null;
  const from = readWhen(textOf(values, INPUTS.from) ?? '', now, timeZone);
  const to = readWhen(textOf(values, INPUTS.to) ?? '', from ?? now, timeZone);
  const errors: Record<string, string> = {};
  if (takes === null) errors[INPUTS.takes] = 'Choose a person.';
  if (turnOf === null) errors[INPUTS.turnOf] = 'Choose a person.';
  const how = 'A day and a time, such as SAT 22:00 or 2026-12-24 09:00.';
  if (from === null) errors[INPUTS.from] = how;
  if (to === null) errors[INPUTS.to] = how;
  if (from !== null && to !== null && to <= from) errors[INPUTS.to] = 'Later than it begins.';
  if (takes === null || turnOf === null || from === null || to === null || to <= from) {
    return { ok: false, errors };
  }
  return { ok: true, edit: { takes, turnOf, from, to } };
}
