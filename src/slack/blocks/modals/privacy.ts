import type { ModalView } from '@slack/web-api';
import { readBrandAccount } from '../../../core/brand.ts';
import type { Settings } from '../../../core/ports.ts';
import { LONGEST_DAYS } from '../../../core/retention.ts';
import { plainPlace } from '../../../core/suppression.ts';
import { INPUTS, VIEWS } from '../../ids.ts';
import { safeUrl } from '../text.ts';
import { input, modal, textOf, type InputErrors, type InputValues } from './frame.ts';

export type PrivacyEdit = Pick<
  Settings,
  'brandAccounts' | 'neverHear' | 'retentionDays' | 'noticeUrl'
>;

const MOST_LINES = 100;
const LONGEST_LINE = 200;

/** The team's own voice at the sources, and what it promises to the people whom it hears. */
export function privacyModal(settings: Settings, channelId: string | null): ModalView {
  return modal({
    callbackId: VIEWS.privacy,
    title: 'Voice and privacy',
    submit: 'Save',
    metadata: { channelId },
    blocks: [
      lines(
        INPUTS.brand,
        'Your accounts at the sources',
        settings.brandAccounts,
        'One a line: @name, or with its source, as in mastodon:@name@host; site:acme.example for a site of your own. Answers by them are verified.',
      ),
      lines(
        INPUTS.neverHear,
        'Places never to hear',
        settings.neverHear,
        'One a line: a domain, or the beginning of an address. For people, use /earshot forget.',
      ),
      input(
        INPUTS.retention,
        'Days that text is kept after the end',
        {
          type: 'number_input',
          is_decimal_allowed: false,
          min_value: '0',
          max_value: String(LONGEST_DAYS),
          initial_value: String(settings.retentionDays),
        },
        { hint: 'Text and author go then; figures and your own log stay. 90 at the most.' },
      ),
      input(
        INPUTS.notice,
        'Address of your public notice',
        {
          type: 'url_text_input',
          ...(settings.noticeUrl === null ? {} : { initial_value: settings.noticeUrl }),
        },
        {
          hint: 'Where you tell people that you listen; make the page with earshot notice --html.',
          optional: true,
        },
      ),
    ],
  });
}

function lines(id: string, label: string, values: readonly string[], hint: string) {
  const initial = values.length === 0 ? {} : { initial_value: values.join('\n') };
  return input(
    id,
    label,
    { type: 'plain_text_input', multiline: true, max_length: 3000, ...initial },
    { hint, optional: true },
  );
}

/** `kinds`: the kinds of source that an account can belong to. */
export function readPrivacy(
  values: InputValues,
  kinds: readonly string[],
): { ok: true; edit: PrivacyEdit } | InputErrors {
  const errors: Record<string, string> = {};
  const brandAccounts = readLines(values, INPUTS.brand);
  const wrong = brandAccounts.find((entry) => readBrandAccount(entry, kinds) === null);
  if (wrong !== undefined) {
    errors[INPUTS.brand] =
      `“${wrong.slice(0, 60)}” is no account: write @name, SOURCE:@name or site:DOMAIN. Sources: ${kinds.join(', ')}.`;
  }
  const neverHear = readLines(values, INPUTS.neverHear).map(plainPlace);
  const odd = neverHear.find((place) => !/^[^\s/]+\.[^\s/]+(?:\/\S*)?$/u.test(place));
  if (odd !== undefined)
    errors[INPUTS.neverHear] = `“${odd.slice(0, 60)}” is no domain or address.`;
  const retentionDays = Number(textOf(values, INPUTS.retention) ?? Number.NaN);
  if (!Number.isInteger(retentionDays) || retentionDays < 0 || retentionDays > LONGEST_DAYS) {
    errors[INPUTS.retention] = `Whole days, from 0 to ${LONGEST_DAYS}.`;
  }
  const typed = textOf(values, INPUTS.notice);
  const noticeUrl = safeUrl(typed);
  if (typed !== null && noticeUrl === null) {
    errors[INPUTS.notice] = 'The whole address, starting with https://';
  }
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  return { ok: true, edit: { brandAccounts, neverHear, retentionDays, noticeUrl } };
}

function readLines(values: InputValues, id: string): string[] {
  const lines = (textOf(values, id) ?? '').split(/[\n,]+/u).map((line) => line.trim());
  return [...new Set(lines.filter(Boolean))]
    .slice(0, MOST_LINES)
    .map((line) => line.slice(0, LONGEST_LINE));
}
