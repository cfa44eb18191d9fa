/** The interactive elements of Block Kit, on native controls wherever there is one. */
import { h, newId } from './dom.js';
import { plainText, mrkdwn } from './mrkdwn.js';
import { confirmFirst } from './dialogs.js';
import { menuButton } from './menu.js';

/**
 * `field` is given in input blocks: `id`, `labelledBy`, `describedBy`, `required`. Outside of
 * them every change is sent at once.
 */
export function drawElement(block, element, context, field) {
  const draw = Object.hasOwn(DRAW, element.type) ? DRAW[element.type] : undefined;
  if (!draw) return h('span', { class: 'quiet' }, `[${element.type}]`);
  const focusKey = `${block.block_id}/${element.action_id}`;
  /** Sends unless a confirmation is declined; then `undo` puts the control back. */
  const send = async (input, undo) => {
    if (field && !block.dispatch_action) return;
    if (element.confirm && !(await confirmFirst(element.confirm, context))) return undo?.();
    await context.press(block, element, input);
  };
  return draw({ block, element, context, field, focusKey, send });
}

function attributes({ element, field, focusKey }) {
  return {
    'data-focus': focusKey,
    id: field?.id,
    'aria-describedby': field?.describedBy,
    'aria-required': field?.required ? 'true' : undefined,
    'aria-label': field ? undefined : (element.placeholder?.text ?? LABELS[element.type]),
    autofocus: element.focus_on_load === true,
  };
}

const LABELS = {
  static_select: 'Choose',
  users_select: 'Choose a person',
  conversations_select: 'Choose a channel',
  channels_select: 'Choose a channel',
  datepicker: 'Choose a date',
  timepicker: 'Choose a time',
  datetimepicker: 'Choose a date and time',
  overflow: 'More actions',
};

const DRAW = {
  button: ({ block, element, context, focusKey, send }) => {
    const properties = {
      class: `button ${element.style ?? ''}`,
      'data-focus': focusKey,
      'aria-label': element.accessibility_label,
    };
    const label = plainText(element.text.text);
    if (element.url && /^https?:/i.test(element.url)) {
      return h(
        'a',
        {
          ...properties,
          href: element.url,
          target: '_blank',
          rel: 'noopener noreferrer nofollow',
          onclick: () => void context.press(block, element, {}),
        },
        label,
        h('span', { class: 'outside', 'aria-hidden': 'true' }, ' ↗'),
      );
    }
    return h('button', { ...properties, type: 'button', onclick: () => send({}) }, label);
  },
  overflow: ({ element, focusKey, send }) =>
    menuButton({
      label: LABELS.overflow,
      text: '⋯',
      focusKey,
      items: element.options.map((option) => ({
        text: option.text.text,
        url: option.url,
        run: () => send({ selected_option: option }),
      })),
    }),
  static_select: (parts) => optionMenu(parts),
  users_select: (parts) =>
    idMenu(parts, 'selected_user', parts.element.initial_user, people(parts.context)),
  conversations_select: (parts) => {
    const { element, context } = parts;
    const initial =
      element.initial_conversation ??
      (element.default_to_current_conversation ? context.channel : undefined);
    return idMenu(parts, 'selected_conversation', initial, channels(context));
  },
  channels_select: (parts) =>
    idMenu(parts, 'selected_channel', parts.element.initial_channel, channels(parts.context)),
  multi_static_select: (parts) => {
    const options = optionsOf(parts.element).map((option) => ({ key: option.value, option }));
    const initial = (parts.element.initial_options ?? []).map((option) => option.value);
    return tickList(parts, {
      entries: options.map(({ key, option }) => ({ key, label: [option.text.text] })),
      initial,
      type: 'checkbox',
      toInput: (keys) => ({ selected_options: keys.map((key) => optionOf(parts.element, key)) }),
      fromInput: (input) => (input.selected_options ?? []).map((option) => option.value),
    });
  },
  multi_users_select: (parts) =>
    tickList(parts, {
      entries: people(parts.context).map(({ id, name }) => ({ key: id, label: [name] })),
      initial: parts.element.initial_users ?? [],
      type: 'checkbox',
      toInput: (keys) => ({ selected_users: keys }),
      fromInput: (input) => input.selected_users ?? [],
    }),
  radio_buttons: (parts) =>
    choiceList(parts, 'radio', [parts.element.initial_option], {
      toInput: ([key]) => ({ selected_option: key ? optionOf(parts.element, key) : null }),
      fromInput: (input) => (input.selected_option ? [input.selected_option.value] : []),
    }),
  checkboxes: (parts) =>
    choiceList(parts, 'checkbox', parts.element.initial_options ?? [], {
      toInput: (keys) => ({ selected_options: keys.map((key) => optionOf(parts.element, key)) }),
      fromInput: (input) => (input.selected_options ?? []).map((option) => option.value),
    }),
  datepicker: (parts) => picker(parts, 'date', 'selected_date', parts.element.initial_date),
  timepicker: (parts) => picker(parts, 'time', 'selected_time', parts.element.initial_time),
  datetimepicker: (parts) => dateTimePicker(parts),
  plain_text_input: (parts) =>
    typed(parts, parts.element.multiline ? 'textarea' : 'input', { type: 'text' }),
  url_text_input: (parts) => typed(parts, 'input', { type: 'text', inputmode: 'url' }),
  number_input: (parts) => typed(parts, 'input', { type: 'text', inputmode: 'decimal' }),
};

function optionsOf(element) {
  return element.options ?? element.option_groups.flatMap((group) => group.options);
}
function optionOf(element, value) {
  return optionsOf(element).find((option) => option.value === value);
}
function people(context) {
  return context.people.map(({ id, realName }) => ({ id, name: realName }));
}
function channels(context) {
  return context.channels
    .filter(({ direct }) => !direct)
    .map(({ id, name }) => ({ id, name: `#${name}` }));
}

function optionMenu(parts) {
  const { element } = parts;
  const entry = (option) => h('option', { value: option.value }, option.text.text);
  const entries = element.options
    ? element.options.map(entry)
    : element.option_groups.map((group) =>
        h('optgroup', { label: group.label.text }, group.options.map(entry)),
      );
  return select(parts, entries, element.initial_option?.value, {
    toInput: (value) => ({ selected_option: value ? optionOf(element, value) : null }),
    fromInput: (input) => input.selected_option?.value,
  });
}

function idMenu(parts, name, initial, entries) {
  return select(
    parts,
    entries.map(({ id, name: label }) => h('option', { value: id }, label)),
    initial,
    { toInput: (value) => ({ [name]: value || null }), fromInput: (input) => input[name] },
  );
}

function select(parts, entries, initial, { toInput, fromInput }) {
  const { block, element, context, send } = parts;
  const empty = h('option', { value: '' }, element.placeholder?.text ?? 'Choose…');
  const control = h('select', attributes(parts), empty, entries);
  control.value = initial ?? '';
  let before = control.value;
  control.addEventListener('change', () => {
    const chosen = control.value;
    void send(toInput(chosen), () => (control.value = before));
    before = chosen;
  });
  context.values.add(
    block,
    element,
    () => toInput(control.value),
    (input) => (control.value = fromInput(input) ?? ''),
  );
  return control;
}

function choiceList(parts, type, initial, forms) {
  return tickList(parts, {
    entries: parts.element.options.map((option) => ({
      key: option.value,
      label: [
        textOf(option.text, parts.context),
        option.description &&
          h('span', { class: 'quiet described' }, textOf(option.description, parts.context)),
      ],
    })),
    initial: initial.filter(Boolean).map((option) => option.value),
    type,
    ...forms,
  });
}

function textOf(text, context) {
  return text.type === 'mrkdwn' ? mrkdwn(text.text, context.names) : plainText(text.text);
}

function tickList(parts, { entries, initial, type, toInput, fromInput }) {
  const { block, element, context, field, focusKey, send } = parts;
  const name = newId('choice');
  const boxes = entries.map(({ key }) =>
    h('input', { type, name, value: key, checked: initial.includes(key) }),
  );
  const chosen = () => boxes.filter((box) => box.checked).map((box) => box.value);
  const list = h(
    'div',
    {
      class: `ticks ${entries.length > 8 ? 'long' : ''}`,
      role: type === 'radio' ? 'radiogroup' : 'group',
      tabindex: '-1',
      'data-focus': focusKey,
      'aria-labelledby': field?.labelledBy,
      'aria-describedby': field?.describedBy,
      'aria-label': field ? undefined : (element.placeholder?.text ?? 'Choose'),
      onchange: (event) => {
        const { max_selected_items: max } = element;
        if (max && chosen().length > max) event.target.checked = false;
        else void send(toInput(chosen()));
      },
    },
    entries.map(({ label }, index) =>
      h('label', { class: 'tick' }, boxes[index], h('span', {}, label)),
    ),
  );
  context.values.add(
    block,
    element,
    () => toInput(chosen()),
    (input) => boxes.forEach((box) => (box.checked = fromInput(input).includes(box.value))),
  );
  return list;
}

function picker(parts, type, name, initial) {
  const { block, element, context, send } = parts;
  const control = h('input', { ...attributes(parts), type, value: initial ?? '' });
  const read = () => ({ [name]: control.value || null });
  control.addEventListener('change', () => void send(read()));
  context.values.add(block, element, read, (input) => (control.value = input[name] ?? ''));
  return control;
}

function dateTimePicker(parts) {
  const { block, element, context, send } = parts;
  const toLocal = (seconds) => {
    const date = new Date(seconds * 1000);
    return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  };
  const initial = element.initial_date_time;
  const control = h('input', {
    ...attributes(parts),
    type: 'datetime-local',
    value: initial ? toLocal(initial) : '',
  });
  const read = () => ({
    selected_date_time: control.value ? Math.floor(new Date(control.value).getTime() / 1000) : null,
  });
  control.addEventListener('change', () => void send(read()));
  context.values.add(block, element, read, (input) => {
    control.value = input.selected_date_time ? toLocal(input.selected_date_time) : '';
  });
  return control;
}

function typed(parts, tag, properties) {
  const { block, element, context, send } = parts;
  const control = h(tag, {
    ...attributes(parts),
    ...properties,
    rows: tag === 'textarea' ? 4 : undefined,
    placeholder: element.placeholder?.text,
    value: element.initial_value ?? '',
    autocomplete: 'off',
  });
  const read = () => ({ value: control.value === '' ? null : control.value });
  const on = element.dispatch_action_config?.trigger_actions_on ?? ['on_enter_pressed'];
  if (block.dispatch_action && on.includes('on_enter_pressed')) {
    control.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.shiftKey) return;
      event.preventDefault();
      void send(read());
    });
  }
  if (block.dispatch_action && on.includes('on_character_entered')) {
    control.addEventListener('input', () => void send(read()));
  }
  context.values.add(block, element, read, (input) => (control.value = input.value ?? ''));
  return control;
}
