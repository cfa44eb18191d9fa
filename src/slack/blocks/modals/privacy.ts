import type { KnownBlock, ModalView } from '@slack/web-api';
import { readBrandAccount } from '../../../core/answer/brand.ts';
import type { Settings } from '../../../core/ports.ts';
import { isUsableShape, type Shape } from '../../../core/privacy/redact.ts';
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../../../core/privacy/reply-letter.ts';
import { LONGEST_DAYS } from '../../../core/privacy/retention.ts';
import { STAFF_DAYS } from '../../../core/privacy/staff.ts';
import { plainPlace } from '../../../core/privacy/suppression.ts';
import { INPUTS, VIEWS } from '../../ids.ts';
import { option } from '../message.ts';
import { safeUrl } from '../text.ts';
import {
  input,
  modal,
  textOf,
  valueOf,
  type InputErrors,
  type InputValues,
  severalInput,
} from './frame.ts';

/** What the modal did not show is not in it, and stays. */
export type PrivacyEdit = Pick<
  Settings,
  'brandAccounts' | 'neverHear' | 'retentionDays' | 'noticeUrl'
> &
  Partial<
    Pick<
      Settings,
      'languages' | 'country' | 'ownNumbers' | 'figuresFor' | 'figuresNamed' | 'staffDays'
    >
  >;

const FIGURES_FOR: Readonly<Record<Settings['figuresFor'], string>> = {
  nobody: 'nobody, each only their own',
  admins: 'admins of the workspace',
  named: 'the people named below',
};

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
      ...languageInput(settings.languages),
      ...contactInputs(settings),
      ...staffInputs(settings),
    ],
  });
}

function languageInput(chosen: readonly Language[]): KnownBlock[] {
  const options = LANGUAGES.map((language) => option(LANGUAGE_NAMES[language], language));
  const label = 'Languages of the notice and of the letter to who objects';
  return [severalInput(INPUTS.languages, label, options, chosen)];
}

/** What is taken out of texts beside what looks like contact data everywhere. */
function contactInputs({ country, ownNumbers }: Settings): KnownBlock[] {
  return [
    input(
      INPUTS.country,
      'Country of your customers',
      {
        type: 'plain_text_input',
        max_length: 2,
        ...(country === null ? {} : { initial_value: country }),
      },
      {
        optional: true,
        hint: 'Two letters, as in GB: telephone numbers without a country code are read so.',
      },
    ),
    lines(
      INPUTS.ownNumbers,
      'Your own numbers, to be taken out of texts',
      ownNumbers.map(({ name, pattern }) => `${name}: ${pattern}`),
      'One a line: a name and its shape, # for a digit, @ for a letter, as in order number: AB-######',
    ),
  ];
}

function staffInputs({ figuresFor, figuresNamed, staffDays }: Settings): KnownBlock[] {
  const options = Object.entries(FIGURES_FOR).map(([value, text]) => option(text, value));
  const chosen = options.find(({ value }) => value === figuresFor);
  return [
    input(INPUTS.figuresFor, 'Who may see figures by person', {
      type: 'static_select',
      options,
      ...(chosen === undefined ? {} : { initial_option: chosen }),
    }),
    input(
      INPUTS.figuresNamed,
      'People who may see them',
      {
        type: 'multi_users_select',
        ...(figuresNamed.length === 0 ? {} : { initial_users: [...figuresNamed] }),
      },
      { optional: true },
    ),
    input(
      INPUTS.staffDays,
      'Days that the log says who did something',
      {
        type: 'number_input',
        is_decimal_allowed: false,
        min_value: String(STAFF_DAYS.least),
        max_value: String(STAFF_DAYS.most),
        initial_value: String(staffDays),
      },
      { hint: 'Names and notes of your team go then; what was done, and when, stays.' },
    ),
  ];
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
  const further = readFurther(values, errors);
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  return { ok: true, edit: { brandAccounts, neverHear, retentionDays, noticeUrl, ...further } };
}

function readFurther(values: InputValues, errors: Record<string, string>): Partial<PrivacyEdit> {
  const edit: Partial<PrivacyEdit> = {};
  const isShown = (id: string) => values[id] !== undefined;
  if (isShown(INPUTS.languages)) {
    const chosen = valueOf(values, INPUTS.languages).selected_options ?? [];
    const known = LANGUAGES.filter((one) => chosen.some(({ value }) => value === one));
    edit.languages = known.length === 0 ? ['en'] : known;
  }
  if (isShown(INPUTS.country)) {
    const typed = textOf(values, INPUTS.country)?.toUpperCase() ?? null;
    if (typed !== null && !/^[A-Z]{2}$/u.test(typed)) {
      errors[INPUTS.country] = 'Two letters, such as GB, US or DE.';
    }
    edit.country = typed;
  }
  if (isShown(INPUTS.ownNumbers)) {
    edit.ownNumbers = readLines(values, INPUTS.ownNumbers).map(readShape);
    const wrong = edit.ownNumbers.find(
      ({ name, pattern }) => name === '' || !isUsableShape(pattern),
    );
    if (wrong !== undefined) {
      errors[INPUTS.ownNumbers] =
        'One a line, as in order number: AB-######, with four # or @ at the least.';
    }
  }
  const who = valueOf(values, INPUTS.figuresFor).selected_option?.value;
  if (who !== undefined && who in FIGURES_FOR) edit.figuresFor = who as Settings['figuresFor'];
  if (isShown(INPUTS.figuresNamed)) {
    edit.figuresNamed = valueOf(values, INPUTS.figuresNamed).selected_users ?? [];
  }
  if (edit.figuresFor === 'named' && (edit.figuresNamed ?? []).length === 0) {
    errors[INPUTS.figuresNamed] = 'Name at least one person.';
  }
  if (isShown(INPUTS.staffDays)) {
    const days = Number(textOf(values, INPUTS.staffDays) ?? Number.NaN);
    const { least, most } = STAFF_DAYS;
    if (!Number.isInteger(days) || days < least || days > most) {
      errors[INPUTS.staffDays] = `Whole days, from ${least} to ${most}.`;
    }
    edit.staffDays = days;
  }
  return edit;
}

/** `order number: AB-######`; without a name it is a customer number. */
function readShape(line: string): Shape {
  const [, name, pattern] = /^([^:#@[\]]{1,40}):\s*(.+)$/u.exec(line) ?? [];
  return name === undefined || pattern === undefined
    ? { name: 'customer number', pattern: line.trim() }
    : { name: name.trim(), pattern: pattern.trim() };
}

function readLines(values: InputValues, id: string): string[] {
  const lines = (textOf(values, id) ?? '').split(/[\n,]+/u).map((line) => line.trim());
  return [...new Set(lines.filter(Boolean))]
    .slice(0, MOST_LINES)
    .map((line) => line.slice(0, LONGEST_LINE));
}
