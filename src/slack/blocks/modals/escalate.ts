import type { ModalView } from '@slack/web-api';
import { INPUTS, VIEWS } from '../../ids.ts';
import { context, option } from '../message.ts';
import {
  input,
  modal,
  noteInput,
  textOf,
  valueOf,
  type InputValues,
  type ModalRef,
} from './frame.ts';

/** A step that a person may jump to, in words. */
export interface StepChoice {
  /** Its place among the steps of the policy. */
  index: number;
  words: string;
}

/** `chosen`: the index of the step that is offered first. */
export function escalateModal(
  ref: ModalRef,
  steps: readonly StepChoice[],
  chosen: number | null,
): ModalView {
  const options = steps.map(({ index, words }) => option(words, String(index)));
  const initial = options.find(({ value }) => value === String(chosen)) ?? options[0];
  return modal({
    callbackId: VIEWS.escalate,
    title: 'Escalate',
    submit: 'Escalate',
    metadata: ref,
    blocks: [
      initial === undefined
        ? context('The policy names nobody yet, so the line in the thread will ping nobody.')
        : input(
            INPUTS.step,
            'Go to step',
            { type: 'radio_buttons', options, initial_option: initial },
            { hint: 'They are asked in the thread now; the clock goes on from there.' },
          ),
      noteInput(INPUTS.note, 'What should they know?', 'For the team, in the card’s thread.'),
    ],
  });
}

/** `index`: null where there was nothing to choose from. */
export function readEscalate(values: InputValues): { index: number | null; note: string | null } {
  const value = valueOf(values, INPUTS.step).selected_option?.value ?? '';
  return { index: /^\d+$/u.test(value) ? Number(value) : null, note: textOf(values, INPUTS.note) };
}
