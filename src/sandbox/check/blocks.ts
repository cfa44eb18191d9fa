/**
 * Block Kit as Slack would accept it, so that what works in the local workspace works there.
 * Problems are worded and placed as Slack places them: `[ERROR] what [json-pointer:/blocks/0/text]`.
 */
import { RICH_TEXT } from './rich-text.ts';
import { ELEMENTS, elements, plain, plainOrMrkdwn } from './elements.ts';
import type { ElementType } from './elements.ts';
import type { Check, JsonObject, Report } from './shape.ts';
import { also, byType, flag, isObject, list, matching, object, oneOf, text } from './shape.ts';

/** Slack's total for the text of a message's blocks; found by others, not documented. */
const MESSAGE_TEXT_LIMIT = 13_200;
const VIEW_BYTES_LIMIT = 250_000;

const type: Check = text(40);
const optional = { block_id: text(255) };
const menus: ElementType[] = [
  'static_select',
  'users_select',
  'conversations_select',
  'channels_select',
];
const multiMenus: ElementType[] = ['multi_static_select', 'multi_users_select'];
const pickers: ElementType[] = ['datepicker', 'timepicker', 'radio_buttons', 'checkboxes'];
const typing: ElementType[] = ['plain_text_input', 'url_text_input', 'number_input'];

const BLOCKS: Record<string, Check> = {
  section: also(
    object(
      { type },
      {
        ...optional,
        text: plainOrMrkdwn(3000),
        fields: list(plainOrMrkdwn(2000), 1, 10),
        accessory: elements('button', 'overflow', 'image', ...menus, ...multiMenus, ...pickers),
        expand: flag,
      },
    ),
    (block, at, report) => {
      if (!block['text'] && !block['fields']) report('must have text or fields', at);
    },
  ),
  header: object({ type, text: plain(150) }, optional),
  divider: object({ type }, optional),
  context: object(
    {
      type,
      elements: list(
        byType({
          image: ELEMENTS.image,
          plain_text: plain(3000),
          mrkdwn: plainOrMrkdwn(3000),
        }),
        1,
        10,
      ),
    },
    optional,
  ),
  actions: object(
    {
      type,
      elements: list(elements('button', 'overflow', 'datetimepicker', ...menus, ...pickers), 1, 25),
    },
    optional,
  ),
  input: object(
    {
      type,
      label: plain(2000),
      element: elements('datetimepicker', ...typing, ...menus, ...multiMenus, ...pickers),
    },
    { ...optional, hint: plain(2000), optional: flag, dispatch_action: flag },
  ),
  image: object(
    {
      type,
      image_url: matching(/^https?:\S{1,2990}$/, 'a web address of at most 3000 characters'),
      alt_text: text(2000),
    },
    { ...optional, title: plain(2000) },
  ),
  rich_text: RICH_TEXT,
};

const blockIdsAreUnique: Check = (value, at, report) => {
  const seen = new Set<unknown>();
  for (const [index, block] of (Array.isArray(value) ? value : []).entries()) {
    if (!isObject(block)) continue;
    if (block['block_id'] !== undefined && seen.has(block['block_id'])) {
      report('block_id must be unique', `${at}/${index}/block_id`);
    }
    seen.add(block['block_id']);
    const actions = elementsOf(block).map((element) => element['action_id']);
    const given = actions.filter((id) => id !== undefined);
    if (new Set(given).size < given.length) {
      report('action_id must be unique within the block', `${at}/${index}/elements`);
    }
  }
};

function blocksCheck(max: number): Check {
  const each = list(byType(BLOCKS), 0, max);
  return (value, at, report) => {
    each(value, at, report);
    blockIdsAreUnique(value, at, report);
  };
}

const viewFields = {
  private_metadata: text(3000, 0),
  callback_id: text(255, 0),
  external_id: text(255, 0),
};
const modal = also(
  object(
    { type: oneOf('modal'), title: plain(24), blocks: blocksCheck(100) },
    {
      ...viewFields,
      submit: plain(24),
      close: plain(24),
      clear_on_close: flag,
      notify_on_close: flag,
      submit_disabled: flag,
    },
  ),
  (view, at, report) => {
    const blocks = Array.isArray(view['blocks']) ? (view['blocks'] as JsonObject[]) : [];
    if (blocks.some((block) => block['type'] === 'input') && !view['submit']) {
      report('submit is required when there are input blocks', at);
    }
    if (JSON.stringify(view).length > VIEW_BYTES_LIMIT) report('view is too large', at);
  },
);
const home = object({ type: oneOf('home'), blocks: blocksCheck(100) }, viewFields);

function problemsOf(check: Check, value: unknown, at: string): string[] {
  const problems: string[] = [];
  const report: Report = (problem, pointer) =>
    problems.push(`[ERROR] ${problem} [json-pointer:${pointer}]`);
  check(value, at, report);
  return problems;
}

/** What Slack would say to these blocks in a message; `undefined`: nothing. */
export function refuseMessageBlocks(
  blocks: unknown,
): { error: 'invalid_blocks' | 'msg_blocks_too_long'; problems: string[] } | undefined {
  const problems = problemsOf(blocksCheck(50), blocks, '/blocks');
  if (problems.length > 0) return { error: 'invalid_blocks', problems };
  if (textLength(blocks) > MESSAGE_TEXT_LIMIT)
    return { error: 'msg_blocks_too_long', problems: [] };
  return undefined;
}

/** What Slack would say to this modal or Home view. */
export function refuseView(view: unknown): string[] {
  return problemsOf(byType({ modal, home }), view, '/view');
}

/** The interactive elements of a block, in order. */
export function elementsOf(block: JsonObject): JsonObject[] {
  if (!['actions', 'section', 'input'].includes(block['type'] as string)) return [];
  return [block['elements'], block['accessory'], block['element']]
    .flat()
    .filter((element): element is JsonObject => isObject(element) && element['type'] !== 'image');
}

function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + textLength(item), 0);
  if (!isObject(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [key, item]) =>
      sum + (key === 'text' && typeof item === 'string' ? item.length : textLength(item)),
    0,
  );
}
