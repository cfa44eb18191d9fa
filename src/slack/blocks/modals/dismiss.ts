import type { ModalView } from '@slack/web-api';
import { DISMISS_REASONS, type DismissReason } from '../../../core/mention.ts';
import { INPUTS, VIEWS } from '../../ids.ts';
import { REASONS } from '../card.ts';
import { option } from '../message.ts';
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
  const options = DISMISS_REASONS.map((reason) => option(REASONS[reason], reason));
  return modal({
    callbackId: VIEWS.dismiss,
    title: 'Dismiss',
    submit: 'Dismiss',
    metadata: ref,
    blocks: [
      input(INPUTS.reason, 'Why does this need no answer?', { type: 'radio_buttons', options }),
      noteInput(INPUTS.note, 'Note', 'For the team, in the card’s thread.'),
    ],
  });
}

export function readDismiss(
  values: InputValues,
): { ok: true; reason: DismissReason; note: string | null } | InputErrors {
  const chosen = valueOf(values, INPUTS.reason).selected_option?.value;
  const reason = DISMISS_REASONS.find((one) => one === chosen);
  if (reason === undefined) return { ok: false, errors: { [INPUTS.reason]: 'Choose a reason.' } };
  return { ok: true, reason, note: textOf(values, INPUTS.note) };
}
