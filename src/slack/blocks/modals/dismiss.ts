import type { KnownBlock, ModalView } from '@slack/web-api';
import {
  BETTER_NOT,
  DISMISS_REASONS,
  type BetterNot,
  type DismissReason,
} from '../../../core/mention.ts';
import { INPUTS, VIEWS } from '../../ids.ts';
import { REASONS } from '../card.ts';
import { option } from '../message.ts';
import { BECAUSE } from '../reasons.ts';
import {
  input,
  modal,
  noteInput,
  textOf,
  valueOf,
  type InputErrors,
  type InputValues,
  type ModalRef,
} from './frame.ts';

export function dismissModal(ref: ModalRef): ModalView {
  return modal({
    callbackId: VIEWS.dismiss,
    title: 'Dismiss',
    submit: 'Dismiss',
    metadata: ref,
    blocks: dismissInputs('Why does this need no answer?'),
  });
}

export function dismissInputs(question: string): KnownBlock[] {
  const options = DISMISS_REASONS.map((reason) => option(REASONS[reason], reason));
  const because = BETTER_NOT.map((why) => option(BECAUSE[why], why));
  return [
    input(INPUTS.reason, question, { type: 'radio_buttons', options }),
    input(
      INPUTS.because,
      'If it is better not answered: why?',
      { type: 'static_select', options: because },
      { optional: true, hint: 'For a person at risk, think of whom to tell, in the note.' },
    ),
    noteInput(INPUTS.note, 'Note', 'For the team, in the card’s thread.'),
  ];
}

export interface Dismissal {
  reason: DismissReason;
  because?: BetterNot;
  note: string | null;
}

export function readDismiss(values: InputValues): ({ ok: true } & Dismissal) | InputErrors {
  const chosen = valueOf(values, INPUTS.reason).selected_option?.value;
  const reason = DISMISS_REASONS.find((one) => one === chosen);
  if (reason === undefined) return { ok: false, errors: { [INPUTS.reason]: 'Choose a reason.' } };
  const why = valueOf(values, INPUTS.because).selected_option?.value;
  const because = BETTER_NOT.find((one) => one === why);
  if (because !== undefined && reason !== 'better-not-answered') {
    const message =
      'Only for what is better not answered: choose that reason, or leave this empty.';
    return { ok: false, errors: { [INPUTS.because]: message } };
  }
  const note = textOf(values, INPUTS.note);
  return { ok: true, reason, ...(because === undefined ? {} : { because }), note };
}
