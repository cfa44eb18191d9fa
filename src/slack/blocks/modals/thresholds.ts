import type { ModalView, SectionBlock } from '@slack/web-api';
import type { Calibration } from '../../../flows/set-up/calibration.ts';
import type { Keyword } from '../../../core/ports.ts';
import { ACTIONS, INPUTS, VIEWS } from '../../ids.ts';
import { calibrationChart, calibrationHead, LEGEND } from '../calibration.ts';
import { count } from '../keywords.ts';
import { context, option, section } from '../message.ts';
import { brief, plain } from '../text.ts';
import { choicesWith, DIGEST_CHOICES, POST_CHOICES, type ThresholdChoice } from '../thresholds.ts';
import { input, modal } from './frame.ts';

/** Options in one group, and groups in one menu, as Slack takes them. */
const GROUP = 100;

/** The choice of a keyword, in the settings, whose thresholds are to be seen; null without any. */
export function keywordMenu(keywords: readonly Keyword[]): SectionBlock | null {
  if (keywords.length === 0) return null;
  const options = keywords
    .slice(0, GROUP * GROUP)
    .map(({ id, query }) => option(brief(query, 70), id));
  const groups = Array.from({ length: Math.ceil(options.length / GROUP) }, (_, at) => ({
    label: plain(`Keywords ${at * GROUP + 1} to ${Math.min(options.length, (at + 1) * GROUP)}`, 75),
    options: options.slice(at * GROUP, (at + 1) * GROUP),
  }));
  return {
    ...section(
      'Thresholds of each keyword, and what each choice would have meant over the last four weeks',
    ),
    accessory: {
      type: 'static_select',
      action_id: ACTIONS.thresholdsChoose,
      placeholder: plain('Choose a keyword', 150),
      ...(groups.length === 1 ? { options } : { option_groups: groups }),
    },
  };
}

/** What each choice would have meant, and the two choices. */
export function thresholdsModal(table: Calibration, channelId: string | null): ModalView {
  const { keyword } = table;
  return modal({
    callbackId: VIEWS.thresholds,
    title: 'Thresholds',
    submit: 'Save',
    metadata: { keywordId: keyword.id, channelId },
    blocks: [
      section(calibrationHead(table)),
      calibrationChart(table),
      context(LEGEND),
      choice(INPUTS.postThreshold, 'Post a card from', POST_CHOICES, keyword.postThreshold, table),
      choice(
        INPUTS.digestThreshold,
        'Put into the digest from',
        DIGEST_CHOICES,
        keyword.digestThreshold,
        table,
      ),
    ],
  });
}

/** Each choice with its figure: "complaints (0.5): 3 posts". */
function choice(
  id: string,
  label: string,
  choices: readonly ThresholdChoice[],
  now: number,
  { rows }: Calibration,
) {
  const options = choicesWith(choices, now).map(({ name, value }) => {
    const posts = rows.find(({ from }) => from === value)?.posts ?? 0;
    return option(`${name} (${value}): ${count(posts, 'post')} in four weeks`, String(value));
  });
  const initial = options.find(({ value }) => value === String(now));
  return input(id, label, {
    type: 'radio_buttons',
    options,
    ...(initial === undefined ? {} : { initial_option: initial }),
  });
}
