import type { KnownBlock, ModalView } from '@slack/web-api';
import type { Remark } from '../../../core/answer/draft.ts';
import { ACTIONS, INPUTS, VIEWS } from '../../ids.ts';
import { button, context, option } from '../message.ts';
import { LIMITS, safeUrl, type Markup } from '../text.ts';
import {
  field,
  input,
  modal,
  noteInput,
  textOf,
  valueOf,
  type InputErrors,
  type InputValues,
  type ModalRef,
} from './frame.ts';

/** What helps to write an answer; the draft is for copying, and is sent nowhere. */
export interface AnswerAid {
  /** What the place asks of who answers there. */
  rules: readonly string[];
  /** That somebody else is writing, or the same author was answered lately. */
  warnings: readonly Markup[];
  /** Names of the saved replies. */
  replies: readonly string[];
  draft: string;
  /** What a look at the draft found; null while nobody asked. */
  remarks: readonly Remark[] | null;
  /** Counts the drafts that were filled in: Slack keeps what is typed in an input of the same id. */
  round: number;
}

const NO_AID: AnswerAid = {
  ...{ rules: [], warnings: [], replies: [], draft: '', remarks: null, round: 0 },
};
const MOST_REPLIES = 100;

export function answerModal(ref: ModalRef, aid: AnswerAid = NO_AID): ModalView {
  return modal({
    callbackId: VIEWS.answer,
    title: 'Log answer',
    tellsClosing: true,
    submit: 'Log answer',
    metadata: { ...ref, round: String(aid.round) },
    blocks: [
      ...aid.warnings.map((warning) => context('⚠️', warning)),
      ...(aid.rules.length === 0 ? [] : [context(aid.rules.slice(0, 5).join(' '))]),
      ...choice(aid.replies),
      draftInput(aid),
      {
        type: 'actions',
        elements: [
          ...(aid.replies.length === 0
            ? []
            : [button({ action: ACTIONS.draftFill, text: 'Use the saved reply' })]),
          button({ action: ACTIONS.draftCheck, text: 'Check the draft' }),
        ],
      },
      ...(aid.remarks ?? []).map(({ message }) => context(`Check: ${message}`)),
      ...(aid.remarks?.length === 0 ? [context('Nothing speaks against it.')] : []),
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

function choice(replies: readonly string[]): KnownBlock[] {
  if (replies.length === 0) return [];
  const options = replies.slice(0, MOST_REPLIES).map((name) => option(name, name));
  const element = { type: 'static_select', options } as const;
  return [input(INPUTS.reply, 'Begin with', element, { optional: true })];
}

function draftInput({ draft, round }: AnswerAid): KnownBlock {
  return input(
    draftId(round),
    'Draft',
    {
      type: 'plain_text_input',
      multiline: true,
      max_length: LIMITS.input,
      ...(draft === '' ? {} : { initial_value: draft.slice(0, LIMITS.input) }),
    },
    { optional: true, hint: 'To copy from. It is neither sent nor kept.' },
  );
}

function draftId(round: number): string {
  return `${INPUTS.draft}_${round}`;
}

/** What the modal holds while somebody writes: the draft, and the name of the chosen reply. */
export function readDraft(
  values: InputValues,
  metadata: string,
): { round: number; draft: string; reply: string | null } {
  const round = Number(field(metadata, 'round') ?? 0) || 0;
  return {
    round,
    draft: textOf(values, draftId(round)) ?? '',
    reply: valueOf(values, INPUTS.reply).selected_option?.value ?? null,
  };
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
