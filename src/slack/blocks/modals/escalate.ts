import type { ModalView } from '@slack/web-api';
import { INPUTS, VIEWS } from '../../ids.ts';
import { context } from '../message.ts';
import { joined, markup, ping } from '../text.ts';
import { modal, noteInput, textOf, type InputValues, type ModalRef } from './frame.ts';

/** `to`: the Slack ids that the settings name; they are shown here, and pinged by the line. */
export function escalateModal(ref: ModalRef, to: readonly string[]): ModalView {
  const asks =
    to.length === 0
      ? markup`Nobody is named in the settings yet, so the line in the thread will ping nobody.`
      : markup`Will be asked in the thread: ${joined(to.map(ping), ', ')}`;
  return modal({
    callbackId: VIEWS.escalate,
    title: 'Escalate',
    submit: 'Escalate',
    metadata: ref,
    blocks: [
      noteInput(INPUTS.note, 'What should they know?', 'For the team, in the card’s thread.'),
      context(asks),
    ],
  });
}

export function readEscalate(values: InputValues): { ok: true; note: string | null } {
  return { ok: true, note: textOf(values, INPUTS.note) };
}
