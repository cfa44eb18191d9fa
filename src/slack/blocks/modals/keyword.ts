import type { InputBlock, ModalView } from '@slack/web-api';
import { parseQuery, showError } from '../../../core/query/index.ts';
import { INPUTS, VIEWS } from '../../ids.ts';
import type { Draft } from '../../../flows/set-up/keywords.ts';
import { option } from '../message.ts';
import { LIMITS } from '../text.ts';
import {
  choicesWith,
  choiceWords,
  DIGEST_CHOICES,
  POST_CHOICES,
  type ThresholdChoice,
} from '../thresholds.ts';
import {
  input,
  modal,
  textOf,
  valueOf,
  type InputErrors,
  type InputValue,
  type InputValues,
} from './frame.ts';

export interface KeywordEdit {
  query: string;
  channelId: string | null;
  postThreshold: number;
  digestThreshold: number;
}

/** A keyword, or one that is not saved yet. `channelId`: where it was asked for, to answer there. */
export function keywordModal(draft: Draft, channelId: string | null): ModalView {
  return modal({
    callbackId: VIEWS.keyword,
    title: 'Keyword',
    submit: 'Save',
    metadata: { keywordId: draft.id, channelId },
    blocks: [
      input(
        INPUTS.query,
        'Query',
        { type: 'plain_text_input', initial_value: draft.query, max_length: LIMITS.input },
        { hint: 'Words, "quoted phrases", -exclusions, OR.' },
      ),
      input(
        INPUTS.channel,
        'Channel for its cards',
        {
          type: 'conversations_select',
          filter: { include: ['public', 'private'] },
          ...(draft.channelId === null ? {} : { initial_conversation: draft.channelId }),
        },
        { optional: true, hint: 'Empty: the channel of the settings.' },
      ),
      threshold(INPUTS.postThreshold, 'Post a card from', POST_CHOICES, draft.postThreshold),
      threshold(
        INPUTS.digestThreshold,
        'Put into the digest from',
        DIGEST_CHOICES,
        draft.digestThreshold,
      ),
    ],
  });
}

function threshold(
  id: string,
  label: string,
  choices: readonly ThresholdChoice[],
  value: number,
): InputBlock {
  const offered = choicesWith(choices, value).map((one) =>
    option(choiceWords(one), String(one.value)),
  );
  const initial = offered.find((one) => one.value === String(value));
  return input(id, label, {
    type: 'static_select',
    options: offered,
    ...(initial === undefined ? {} : { initial_option: initial }),
  });
}

/** The two thresholds, or what is wrong with them. */
export function readThresholds(
  values: InputValues,
): { ok: true; postThreshold: number; digestThreshold: number } | InputErrors {
  const post = fraction(valueOf(values, INPUTS.postThreshold));
  const digest = fraction(valueOf(values, INPUTS.digestThreshold));
  const errors: Record<string, string> = {};
  if (post === null) errors[INPUTS.postThreshold] = 'Choose one.';
  if (digest === null) errors[INPUTS.digestThreshold] = 'Choose one.';
  if (post !== null && digest !== null && digest > post) {
    errors[INPUTS.digestThreshold] = 'Not above the threshold of a card.';
  }
  return post === null || digest === null || Object.keys(errors).length > 0
    ? { ok: false, errors }
    : { ok: true, postThreshold: post, digestThreshold: digest };
}

export function readKeyword(values: InputValues): { ok: true; edit: KeywordEdit } | InputErrors {
  const query = textOf(values, INPUTS.query) ?? '';
  const parsed = parseQuery(query);
  const thresholds = readThresholds(values);
  const errors: Record<string, string> = {};
  if (!parsed.ok) errors[INPUTS.query] = showError(query, parsed.error);
  if (!thresholds.ok) return { ok: false, errors: { ...errors, ...thresholds.errors } };
  if (!parsed.ok) return { ok: false, errors };
  const { postThreshold, digestThreshold } = thresholds;
  const channelId = valueOf(values, INPUTS.channel).selected_conversation ?? null;
  return { ok: true, edit: { query, channelId, postThreshold, digestThreshold } };
}

function fraction({ selected_option }: InputValue): number | null {
  const value = Number(selected_option?.value ?? Number.NaN);
  return value >= 0 && value <= 1 ? value : null;
}
