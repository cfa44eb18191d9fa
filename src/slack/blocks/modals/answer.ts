import type { ModalView } from '@slack/web-api';
import { INPUTS, VIEWS } from '../../ids.ts';
import { safeUrl } from '../text.ts';
import {
  input,
  modal,
  noteInput,
  textOf,
  type InputErrors,
  type InputValues,
  type ModalRef,
} from './frame.ts';

export function answerModal(ref: ModalRef): ModalView {
  return modal({
    callbackId: VIEWS.answer,
    title: 'Log answer',
    submit: 'Log answer',
    metadata: ref,
    blocks: [
      input(
        INPUTS.url,
        'Address of your public reply',
        { type: 'url_text_input' },
        {
          hint: 'Reply at the source first, where everyone can read it; then paste the address of the reply here.',
        },
      ),
      noteInput(
        INPUTS.note,
        'Note',
        'For the team, in the card’s thread. It is sent nowhere else.',
      ),
    ],
  });
}

/** Canonical http(s) address and the note, or what is wrong. */
export function readAnswer(
  values: InputValues,
): { ok: true; url: string; note: string | null } | InputErrors {
  const url = safeUrl(textOf(values, INPUTS.url));
  if (url === null) {
    const message = 'Paste the whole address of the public reply, starting with https://';
    return { ok: false, errors: { [INPUTS.url]: message } };
  }
  return { ok: true, url, note: textOf(values, INPUTS.note) };
}
