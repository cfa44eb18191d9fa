import type { ModalView } from '@slack/web-api';
import { INPUTS, VIEWS } from '../../ids.ts';
import {
  input,
  modal,
  valueOf,
  type InputErrors,
  type InputValues,
  type ModalRef,
} from './frame.ts';

export function assignModal(ref: ModalRef): ModalView {
  return modal({
    callbackId: VIEWS.assign,
    title: 'Assign',
    submit: 'Assign',
    metadata: ref,
    blocks: [
      input(
        INPUTS.person,
        'Who takes care of it?',
        { type: 'users_select' },
        {
          hint: 'They are told in the card’s thread.',
        },
      ),
    ],
  });
}

export function readAssign(values: InputValues): { ok: true; to: string } | InputErrors {
  const to = valueOf(values, INPUTS.person).selected_user;
  if (!to) return { ok: false, errors: { [INPUTS.person]: 'Choose a person.' } };
  return { ok: true, to };
}
