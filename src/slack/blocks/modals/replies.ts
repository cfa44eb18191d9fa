import type { ModalView } from '@slack/web-api';
import { INPUTS, VIEWS } from '../../ids.ts';
import { LIMITS } from '../text.ts';
import { input, modal, textOf, type InputErrors, type InputValues } from './frame.ts';

/** A name is an option of a menu. */
const NAME = 60;

/** `channelId`: where the list was asked for, to answer there. */
export function replyModal(channelId: string | null): ModalView {
  return modal({
    callbackId: VIEWS.reply,
    title: 'Saved reply',
    submit: 'Save',
    metadata: { channelId },
    blocks: [
      input(INPUTS.name, 'Name', { type: 'plain_text_input', max_length: NAME }),
      input(
        INPUTS.text,
        'Text',
        { type: 'plain_text_input', multiline: true, max_length: LIMITS.input },
        { hint: '{name} becomes the public handle of the author, {topic} the title of the post.' },
      ),
    ],
  });
}

export function readReply(
  values: InputValues,
): { ok: true; name: string; text: string } | InputErrors {
  const name = textOf(values, INPUTS.name)?.replace(/\s+/gu, ' ') ?? null;
  const text = textOf(values, INPUTS.text);
  const errors: Record<string, string> = {};
  if (name === null) errors[INPUTS.name] = 'A name, such as Outage.';
  if (text === null) errors[INPUTS.text] = 'The text to begin with.';
  return name === null || text === null ? { ok: false, errors } : { ok: true, name, text };
}
