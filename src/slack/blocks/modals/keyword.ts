import type { ModalView } from '@slack/web-api';
import type { Keyword } from '../../../core/ports.ts';
import { parseQuery, showError } from '../../../core/query/index.ts';
import { INPUTS, VIEWS } from '../../ids.ts';
import { LIMITS } from '../text.ts';
import { input, modal, textOf, valueOf, type InputErrors, type InputValues } from './frame.ts';

export interface KeywordEdit {
  query: string;
  channelId: string | null;
  postThreshold: number;
  digestThreshold: number;
}

/** `channelId`: where the list of keywords was asked for, to answer there. */
export function keywordModal(keyword: Keyword, channelId: string | null): ModalView {
  return modal({
    callbackId: VIEWS.keyword,
    title: 'Keyword',
    submit: 'Save',
    metadata: { keywordId: keyword.id, channelId },
    blocks: [
      input(
        INPUTS.query,
        'Query',
        { type: 'plain_text_input', initial_value: keyword.query, max_length: LIMITS.input },
        { hint: 'Words, "quoted phrases", -exclusions, OR.' },
      ),
      input(
        INPUTS.channel,
        'Channel for its cards',
        {
          type: 'conversations_select',
          filter: { include: ['public', 'private'] },
          ...(keyword.channelId === null ? {} : { initial_conversation: keyword.channelId }),
        },
        { optional: true, hint: 'Empty: the channel of the settings.' },
      ),
      threshold(
        INPUTS.postThreshold,
        'A card from this negativity on',
        keyword.postThreshold,
        'Between 0 and 1.',
      ),
      threshold(
        INPUTS.digestThreshold,
        'A line in the digest from this negativity on',
        keyword.digestThreshold,
        'Between 0 and 1, not above the card’s.',
      ),
    ],
  });
}

function threshold(id: string, label: string, value: number, hint: string) {
  const element = {
    type: 'number_input',
    is_decimal_allowed: true,
    min_value: '0',
    max_value: '1',
    initial_value: String(value),
  } as const;
  return input(id, label, element, { hint });
}

export function readKeyword(values: InputValues): { ok: true; edit: KeywordEdit } | InputErrors {
  const query = textOf(values, INPUTS.query) ?? '';
  const post = fraction(textOf(values, INPUTS.postThreshold));
  const digest = fraction(textOf(values, INPUTS.digestThreshold));
  const parsed = parseQuery(query);
  const errors: Record<string, string> = {};
  if (!parsed.ok) errors[INPUTS.query] = showError(query, parsed.error);
  if (post === null) errors[INPUTS.postThreshold] = 'A number between 0 and 1, such as 0.5.';
  if (digest === null) errors[INPUTS.digestThreshold] = 'A number between 0 and 1, such as 0.3.';
  if (post !== null && digest !== null && digest > post) {
    errors[INPUTS.digestThreshold] = 'Not above the threshold of a card.';
  }
  if (post === null || digest === null || Object.keys(errors).length > 0) {
    return { ok: false, errors };
  }
  const channelId = valueOf(values, INPUTS.channel).selected_conversation ?? null;
  return { ok: true, edit: { query, channelId, postThreshold: post, digestThreshold: digest } };
}

function fraction(text: string | null): number | null {
  const value = Number(text?.replace(',', '.') ?? Number.NaN);
  return value >= 0 && value <= 1 ? value : null;
}
