import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { refuseMessageBlocks, refuseView } from '../../src/sandbox/check/blocks.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const x = (count: number) => 'x'.repeat(count);
const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const button = (fields: object = {}) => ({ type: 'button', text: plain('Go'), ...fields });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const section = (fields: object) => ({ type: 'section', ...fields });
const input = (element: object, fields: object = {}) => ({
  type: 'input',
  label: plain('Label'),
  element,
  ...fields,
});
const option = (name: string) => ({ text: plain(name), value: name });
const confirm = {
  title: plain('Sure?'),
  text: plain('It goes.'),
  confirm: plain('Yes'),
  deny: plain('No'),
};

/** At the limit, and one step over it. */
const LIMITS: [what: string, good: object, bad: object][] = [
  [
    'a section has 3000 characters',
    section({ text: mrkdwn(x(3000)) }),
    section({ text: mrkdwn(x(3001)) }),
  ],
  [
    'a section has 10 fields',
    section({ fields: many(10, () => plain('f')) }),
    section({ fields: many(11, () => plain('f')) }),
  ],
  [
    'a field has 2000 characters',
    section({ fields: [plain(x(2000))] }),
    section({ fields: [plain(x(2001))] }),
  ],
  ['a section has text or fields', section({ text: plain('t') }), section({})],
  [
    'a header has 150 characters',
    { type: 'header', text: plain(x(150)) },
    { type: 'header', text: plain(x(151)) },
  ],
  [
    'a header is plain text',
    { type: 'header', text: plain('h') },
    { type: 'header', text: mrkdwn('h') },
  ],
  [
    'a context has 10 elements',
    { type: 'context', elements: many(10, () => plain('e')) },
    { type: 'context', elements: many(11, () => plain('e')) },
  ],
  [
    'actions have 25 elements',
    actions(...many(25, () => button())),
    actions(...many(26, () => button())),
  ],
  ['actions have at least one element', actions(button()), actions()],
  [
    'a button text has 75 characters',
    actions(button({ text: plain(x(75)) })),
    actions(button({ text: plain(x(76)) })),
  ],
  ['a button text is plain', actions(button()), actions(button({ text: mrkdwn('b') }))],
  [
    'a button value has 2000 characters',
    actions(button({ value: x(2000) })),
    actions(button({ value: x(2001) })),
  ],
  [
    'a button address has 3000 characters',
    actions(button({ url: `https://example.org/${x(2970)}` })),
    actions(button({ url: `https://example.org/${x(3000)}` })),
  ],
  [
    'a button address is a web address',
    actions(button({ url: 'https://example.org' })),
    actions(button({ url: 'javascript:alert(1)' })),
  ],
  [
    'a style is primary or danger',
    actions(button({ style: 'danger' })),
    actions(button({ style: 'loud' })),
  ],
  [
    'an action_id has 255 characters',
    actions(button({ action_id: x(255) })),
    actions(button({ action_id: x(256) })),
  ],
  [
    'a block_id has 255 characters',
    { type: 'divider', block_id: x(255) },
    { type: 'divider', block_id: x(256) },
  ],
  [
    'an overflow has 5 options',
    actions({ type: 'overflow', options: many(5, (i) => option(`${i}`)) }),
    actions({ type: 'overflow', options: many(6, (i) => option(`${i}`)) }),
  ],
  [
    'a select has 100 options',
    actions({ type: 'static_select', options: many(100, (i) => option(`${i}`)) }),
    actions({ type: 'static_select', options: many(101, (i) => option(`${i}`)) }),
  ],
  [
    'a select has options',
    actions({ type: 'static_select', options: [option('a')] }),
    actions({ type: 'static_select' }),
  ],
  [
    'an option has 75 characters',
    actions({ type: 'static_select', options: [option(x(75))] }),
    actions({ type: 'static_select', options: [option(x(76))] }),
  ],
  [
    'an initial option is an option',
    actions({ type: 'static_select', options: [option('a')], initial_option: option('a') }),
    actions({ type: 'static_select', options: [option('a')], initial_option: option('b') }),
  ],
  [
    'radio buttons have 10 options',
    actions({ type: 'radio_buttons', options: many(10, (i) => option(`${i}`)) }),
    actions({ type: 'radio_buttons', options: many(11, (i) => option(`${i}`)) }),
  ],
  [
    'a confirmation title has 100 characters',
    actions(button({ confirm: { ...confirm, title: plain(x(100)) } })),
    actions(button({ confirm: { ...confirm, title: plain(x(101)) } })),
  ],
  [
    'a confirmation text has 300 characters',
    actions(button({ confirm: { ...confirm, text: plain(x(300)) } })),
    actions(button({ confirm: { ...confirm, text: plain(x(301)) } })),
  ],
  [
    'a confirmation button has 30 characters',
    actions(button({ confirm: { ...confirm, deny: plain(x(30)) } })),
    actions(button({ confirm: { ...confirm, deny: plain(x(31)) } })),
  ],
  [
    'multi-selects do not stand in actions',
    section({ text: plain('t'), accessory: { type: 'multi_users_select' } }),
    actions({ type: 'multi_users_select' }),
  ],
  [
    'inputs of text do not stand in actions',
    input({ type: 'plain_text_input' }),
    actions({ type: 'plain_text_input' }),
  ],
  [
    'an initial value has 3000 characters',
    input({ type: 'plain_text_input', initial_value: x(3000) }),
    input({ type: 'plain_text_input', initial_value: x(3001) }),
  ],
  [
    'a number input says whether decimals are allowed',
    input({ type: 'number_input', is_decimal_allowed: false }),
    input({ type: 'number_input' }),
  ],
  [
    'a date is written as a date',
    input({ type: 'datepicker', initial_date: '2026-01-31' }),
    input({ type: 'datepicker', initial_date: '31.1.2026' }),
  ],
  [
    'a picture has a description',
    { type: 'image', image_url: 'https://example.org/a.png', alt_text: 'a' },
    { type: 'image', image_url: 'https://example.org/a.png' },
  ],
  ['a property is one that Slack knows', { type: 'divider' }, { type: 'divider', colour: 'red' }],
  ['a block is one that Slack knows', { type: 'divider' }, { type: 'carousel' }],
  [
    'a quote holds rich text elements',
    {
      type: 'rich_text',
      elements: [{ type: 'rich_text_quote', elements: [{ type: 'text', text: 'q' }] }],
    },
    {
      type: 'rich_text',
      elements: [{ type: 'rich_text_quote', elements: [{ type: 'mrkdwn', text: 'q' }] }],
    },
  ],
  [
    'a rich text is not empty',
    {
      type: 'rich_text',
      elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 't' }] }],
    },
    {
      type: 'rich_text',
      elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: '' }] }],
    },
  ],
];

for (const [what, good, bad] of LIMITS) {
  test(what, () => {
    assert.equal(refuseMessageBlocks([good]), undefined);
    assert.equal(refuseMessageBlocks([bad])?.error, 'invalid_blocks');
  });
}

test('a message has 50 blocks, a modal and a Home 100', () => {
  const blocks = (count: number) => many(count, () => ({ type: 'divider' }));
  assert.equal(refuseMessageBlocks(blocks(50)), undefined);
  assert.equal(refuseMessageBlocks(blocks(51))?.error, 'invalid_blocks');
  for (const view of [{ type: 'modal', title: plain('T') }, { type: 'home' }]) {
    assert.deepEqual(refuseView({ ...view, blocks: blocks(100) }), []);
    assert.equal(refuseView({ ...view, blocks: blocks(101) }).length, 1);
  }
});

test('the blocks of a message hold 13,200 characters in all', () => {
  const blocks = (last: number) => [
    ...many(4, () => section({ text: plain(x(3000)) })),
    section({ text: plain(x(last)) }),
  ];
  assert.equal(refuseMessageBlocks(blocks(1200)), undefined);
  assert.equal(refuseMessageBlocks(blocks(1201))?.error, 'msg_blocks_too_long');
});

test('ids are unique: block ids in a message, action ids in a block', () => {
  const twice = [
    { type: 'divider', block_id: 'a' },
    { type: 'divider', block_id: 'a' },
  ];
  assert.match(refuseMessageBlocks(twice)!.problems[0]!, /block_id must be unique .*\/blocks\/1/);
  const same = [actions(button({ action_id: 'a' }), button({ action_id: 'a' }))];
  assert.match(refuseMessageBlocks(same)!.problems[0]!, /action_id must be unique/);
});

test('a modal keeps its limits: texts of 24, metadata of 3000, a submit text for inputs', () => {
  const view = (fields: object) =>
    refuseView({ type: 'modal', title: plain('T'), blocks: [], ...fields }).length;
  assert.equal(view({ title: plain(x(24)), submit: plain(x(24)), close: plain(x(24)) }), 0);
  assert.equal(view({ title: plain(x(25)), submit: plain(x(25)), close: plain(x(25)) }), 3);
  assert.equal(view({ private_metadata: x(3000), callback_id: x(255) }), 0);
  assert.equal(view({ private_metadata: x(3001), callback_id: x(256) }), 2);
  const blocks = [input({ type: 'plain_text_input' })];
  assert.equal(view({ blocks }), 1);
  assert.equal(view({ blocks, submit: plain('Save') }), 0);
});

test('no JSON makes the check fail with anything but problems', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      assert.ok(Array.isArray(refuseView(value)));
      const refusal = refuseMessageBlocks(value);
      assert.ok(refusal === undefined || Array.isArray(refusal.problems));
    }),
  );
});
