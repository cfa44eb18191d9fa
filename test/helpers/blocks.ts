import assert from 'node:assert/strict';

/** A text somewhere in blocks, and how Slack reads it. */
export interface FoundText {
  kind: 'plain_text' | 'mrkdwn' | 'rich_text';
  text: string;
}

/** Every text in a message or view, in order of appearance. */
export function textsIn(value: unknown): FoundText[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  const { type, text } = value as { type?: unknown; text?: unknown };
  const inside = Object.values(value).flatMap(textsIn);
  if (typeof text !== 'string') return inside;
  if (type === 'plain_text' || type === 'mrkdwn') return [{ kind: type, text }, ...inside];
  if (type === 'text') return [{ kind: 'rich_text', text }, ...inside];
  return inside;
}

/** Everything that can be read, in one string. */
export function reading(value: unknown): string {
  return textsIn(value)
    .map(({ text }) => text)
    .join('\n');
}

/** The texts of the buttons, in order. */
export function buttonsIn(value: unknown): string[] {
  return elementsIn(value, 'button').map((button) => words(button['text']));
}

/** The options of the overflow menus, in order. */
export function choicesIn(value: unknown): string[] {
  return elementsIn(value, 'overflow').flatMap((menu) =>
    (menu['options'] as Record<string, unknown>[]).map((option) => words(option['text'])),
  );
}

function words(text: unknown): string {
  return String((text as { text: string }).text);
}

export function elementsIn(value: unknown, type: string): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap((one) => elementsIn(one, type));
  if (typeof value !== 'object' || value === null) return [];
  const found = value as Record<string, unknown>;
  const inside = Object.values(found).flatMap((one) => elementsIn(one, type));
  return found['type'] === type ? [found, ...inside] : inside;
}

/** What Slack allows of each text, by the field that holds it or the type of what holds that. */
const LONGEST: Record<string, number> = {
  section: 3000,
  context: 2000,
  header: 150,
  button: 75,
  option: 75,
  label: 2000,
  hint: 2000,
  title: 150,
  submit: 24,
  close: 24,
};

/** Fails when Slack would refuse the blocks for their size. `most` blocks: 50, or 100 in a view. */
export function assertWithinLimits(blocks: readonly object[], most = 50): void {
  assert.ok(blocks.length > 0 && blocks.length <= most, `${blocks.length} blocks`);
  const total = textsIn(blocks).reduce((sum, { text }) => sum + text.length, 0);
  // `msg_blocks_too_long` is about messages; a view is measured in bytes.
  assert.ok(most > 50 || total <= 13_200, `${total} characters`);
  for (const block of blocks as Record<string, unknown>[]) checkBlock(block);
}

function checkBlock(block: Record<string, unknown>): void {
  const type = String(block['type']);
  if ('text' in block) checkText(block['text'], LONGEST[type] ?? 3000, type);
  const elements = (block['elements'] ?? []) as Record<string, unknown>[];
  if (type === 'context') {
    assert.ok(elements.length > 0 && elements.length <= 10, `${elements.length} in a context`);
    for (const element of elements) checkText(element, 2000, type);
  }
  if (type === 'actions') {
    assert.ok(elements.length > 0 && elements.length <= 25, `${elements.length} actions`);
  }
  for (const button of elementsIn(block, 'button')) {
    checkText(button['text'], 75, 'button');
    assert.ok(String(button['value'] ?? '').length <= 2000);
    assert.ok(String(button['url'] ?? 'https://x').length <= 3000);
    assert.match(String(button['url'] ?? 'https://x'), /^https?:\/\//u);
  }
  for (const menu of elementsIn(block, 'overflow')) {
    const options = menu['options'] as Record<string, unknown>[];
    assert.ok(options.length > 0 && options.length <= 5, `${options.length} options`);
    for (const option of options) {
      checkText(option['text'], 75, 'option');
      assert.ok(String(option['value']).length <= 75, String(option['value']));
    }
  }
  for (const text of elementsIn(block, 'text')) assert.notEqual(text['text'], '');
}

function checkText(text: unknown, longest: number, where: string): void {
  const { text: words } = text as { text: string };
  assert.ok(words.length > 0 && words.length <= longest, `${words.length} in ${where}`);
}
