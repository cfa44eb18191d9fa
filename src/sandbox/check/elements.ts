/** What Slack accepts as text objects and interactive elements. The sizes are Slack's documented ones. */
import type { Check } from './shape.ts';
import {
  also,
  byType,
  flag,
  integer,
  isObject,
  list,
  matching,
  object,
  oneOf,
  text,
} from './shape.ts';

const type: Check = text(40);

export function plain(max: number): Check {
  return object({ type: oneOf('plain_text'), text: text(max) }, { emoji: flag });
}
export function plainOrMrkdwn(max: number): Check {
  return byType({
    plain_text: plain(max),
    mrkdwn: object({ type, text: text(max) }, { verbatim: flag }),
  });
}

const confirm = object(
  { title: plain(100), text: plainOrMrkdwn(300), confirm: plain(30), deny: plain(30) },
  { style: oneOf('primary', 'danger') },
);
const id = text(255);
const url = matching(/^(https?|mailto):\S{1,2990}$/, 'a web address of at most 3000 characters');
const base = { type, action_id: id };
const withConfirm = { confirm };
const focus = { focus_on_load: flag };
const placeholder = { placeholder: plain(150) };

const option = object({ text: plain(75), value: text(75) }, { description: plain(75) });
const richOption = object(
  { text: plainOrMrkdwn(75), value: text(75) },
  { description: plainOrMrkdwn(75) },
);
const linkOption = object({ text: plain(75), value: text(75) }, { description: plain(75), url });
const groups = list(object({ label: plain(75), options: list(option, 1, 100) }), 1, 100);

const menu = { ...base, options: list(option, 1, 100), option_groups: groups };
const menuExtras = { ...placeholder, ...withConfirm, ...focus };
const many = { max_selected_items: integer(1, 1000) };

/** Menus carry `options` or `option_groups`, never both, and begin with options that they have. */
function menuCheck(fields: Record<string, Check>): Check {
  return also(object({ type }, fields), (value, at, report) => {
    if ((value['options'] === undefined) === (value['option_groups'] === undefined)) {
      report('must have options or option_groups, not both', at);
    }
    initialsAreOptions(value, at, report);
  });
}

function initialsAreOptions(
  value: Record<string, unknown>,
  at: string,
  report: (problem: string, at: string) => void,
): void {
  const grouped = Array.isArray(value['option_groups']) ? value['option_groups'] : [];
  const offered = [value, ...grouped].flatMap((holder) =>
    isObject(holder) && Array.isArray(holder['options']) ? holder['options'] : [],
  );
  const values = new Set(offered.map((entry) => (isObject(entry) ? entry['value'] : undefined)));
  const initials = [value['initial_option'], value['initial_options']].flat();
  for (const initial of initials) {
    if (isObject(initial) && !values.has(initial['value'])) {
      report('the initial option must be one of the options', at);
    }
  }
}

const date = matching(/^\d{4}-\d\d-\d\d$/, 'a date such as 2026-01-31');
const time = matching(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 09:30');
const numeral = matching(/^-?\d+(\.\d+)?$/, 'a number in a string');
const dispatch = object(
  {},
  { trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), 1, 2) },
);
const typed = { ...base, ...placeholder, ...focus, dispatch_action_config: dispatch };
const filter = object(
  {},
  {
    include: list(oneOf('im', 'mpim', 'private', 'public'), 1, 4),
    exclude_external_shared_channels: flag,
    exclude_bot_users: flag,
  },
);

const choices = (max: number, several: boolean) =>
  also(
    object(
      { type, options: list(richOption, 1, max) },
      {
        action_id: id,
        ...(several
          ? { initial_options: list(richOption, 1, max) }
          : { initial_option: richOption }),
        ...withConfirm,
        ...focus,
      },
    ),
    initialsAreOptions,
  );

export const ELEMENTS = {
  button: object(
    { type, text: plain(75) },
    {
      action_id: id,
      url,
      value: text(2000, 0),
      style: oneOf('primary', 'danger'),
      accessibility_label: text(75),
      ...withConfirm,
    },
  ),
  overflow: object({ type, options: list(linkOption, 1, 5) }, { action_id: id, ...withConfirm }),
  static_select: menuCheck({ ...menu, ...menuExtras, initial_option: option }),
  multi_static_select: menuCheck({
    ...menu,
    ...menuExtras,
    ...many,
    initial_options: list(option, 1, 100),
  }),
  users_select: object({ type }, { ...base, ...menuExtras, initial_user: text(30) }),
  multi_users_select: object(
    { type },
    { ...base, ...menuExtras, ...many, initial_users: list(text(30), 1, 1000) },
  ),
  conversations_select: object(
    { type },
    {
      ...base,
      ...menuExtras,
      initial_conversation: text(30),
      default_to_current_conversation: flag,
      response_url_enabled: flag,
      filter,
    },
  ),
  channels_select: object(
    { type },
    { ...base, ...menuExtras, initial_channel: text(30), response_url_enabled: flag },
  ),
  radio_buttons: choices(10, false),
  checkboxes: choices(10, true),
  datepicker: object(
    { type },
    { ...base, ...placeholder, ...withConfirm, ...focus, initial_date: date },
  ),
  timepicker: object(
    { type },
    { ...base, ...placeholder, ...withConfirm, ...focus, initial_time: time, timezone: text(60) },
  ),
  datetimepicker: object(
    { type },
    {
      ...base,
      ...withConfirm,
      ...focus,
      initial_date_time: integer(1_000_000_000, 9_999_999_999),
    },
  ),
  plain_text_input: object(
    { type },
    {
      ...typed,
      initial_value: text(3000, 0),
      multiline: flag,
      min_length: integer(0, 3000),
      max_length: integer(1, 3000),
    },
  ),
  url_text_input: object({ type }, { ...typed, initial_value: text(3000, 0) }),
  number_input: object(
    { type, is_decimal_allowed: flag },
    { ...typed, initial_value: numeral, min_value: numeral, max_value: numeral },
  ),
  image: object({ type, image_url: url, alt_text: text(2000) }),
} satisfies Record<string, Check>;

export type ElementType = keyof typeof ELEMENTS;

export function elements(...names: readonly ElementType[]): Check {
  return byType(Object.fromEntries(names.map((name) => [name, ELEMENTS[name]])));
}
