/** Block Kit, drawn. */
import { h, newId, outerLink } from './dom.js';
import { emoji, withEmoji } from './emoji.js';
import { drawElement } from './elements.js';
import { drawDate, mention, mrkdwn, plainText } from './mrkdwn.js';

/**
 * `context`: `names` (ids to names), `values` (see values.js), `press(block, element, input)` for
 * what is sent at once, and `people`, `channels` for the menus.
 */
export function drawBlocks(blocks, context) {
  return blocks.map((block) => {
    const draw = Object.hasOwn(DRAW, block.type) ? DRAW[block.type] : unknown;
    const node = draw(block, context);
    node.classList.add('block');
    return node;
  });
}

export function drawText(text, context) {
  return text.type === 'mrkdwn' ? mrkdwn(text.text, context.names) : plainText(text.text);
}

const DRAW = {
  header: (block) => h('h3', { class: 'block-header' }, plainText(block.text.text)),
  divider: () => h('hr'),
  section: (block, context) =>
    h(
      'div',
      { class: 'block-section' },
      h(
        'div',
        { class: 'block-section-text' },
        block.text && h('div', {}, drawText(block.text, context)),
        block.fields &&
          h(
            'div',
            { class: 'fields' },
            block.fields.map((field) => h('div', {}, drawText(field, context))),
          ),
      ),
      block.accessory && h('div', { class: 'accessory' }, accessory(block, context)),
    ),
  context: (block, context) =>
    h(
      'div',
      { class: 'block-context' },
      block.elements.map((element) =>
        element.type === 'image' ? picture(element) : h('span', {}, drawText(element, context)),
      ),
    ),
  actions: (block, context) =>
    h(
      'div',
      { class: 'block-actions' },
      block.elements.map((element) => drawElement(block, element, context)),
    ),
  input: drawInput,
  image: (block) =>
    h('figure', {}, block.title && h('figcaption', {}, block.title.text), picture(block)),
  rich_text: (block, context) =>
    h(
      'div',
      { class: 'rich' },
      block.elements.map((part) => richPart(part, context)),
    ),
};

function unknown(block) {
  return h('div', { class: 'quiet' }, `[${block.type}]`);
}

function accessory(block, context) {
  if (block.accessory.type === 'image') return picture(block.accessory);
  return drawElement(block, block.accessory, context);
}

/** Pictures of other sites are not fetched: the page speaks to nobody but this computer. */
function picture(image) {
  const own = image.image_url?.startsWith(location.origin);
  if (own) return h('img', { src: image.image_url, alt: image.alt_text });
  return outerLink(image.image_url ?? '', `picture: ${image.alt_text}`, { class: 'picture' });
}

function drawInput(block, context) {
  const id = newId('input');
  const hintId = newId('hint');
  const errorId = newId('error');
  const grouped = ['radio_buttons', 'checkboxes', 'multi_static_select', 'multi_users_select'];
  const isGroup = grouped.includes(block.element.type);
  const label = [
    plainText(block.label.text),
    block.optional && h('span', { class: 'quiet' }, ' (optional)'),
  ];
  return h(
    'div',
    { class: 'block-input', 'data-block': block.block_id },
    isGroup
      ? h('div', { class: 'label', id }, label)
      : h('label', { class: 'label', for: id }, label),
    drawElement(block, block.element, context, {
      id,
      labelledBy: isGroup ? id : undefined,
      describedBy: [block.hint && hintId, errorId].filter(Boolean).join(' '),
      required: !block.optional,
    }),
    block.hint && h('div', { class: 'hint', id: hintId }, plainText(block.hint.text)),
    h('div', { class: 'error', id: errorId, hidden: true }),
  );
}

function richPart(part, context) {
  switch (part.type) {
    case 'rich_text_quote':
      return h('blockquote', {}, richInline(part.elements, context));
    case 'rich_text_preformatted':
      return h('pre', {}, h('code', {}, richInline(part.elements, context)));
    case 'rich_text_list':
      return h(
        part.style === 'ordered' ? 'ol' : 'ul',
        { class: `indent-${part.indent ?? 0}`, start: part.offset ? part.offset + 1 : undefined },
        part.elements.map((item) => h('li', {}, richInline(item.elements, context))),
      );
    default:
      return h('div', {}, richInline(part.elements, context));
  }
}

function richInline(elements, context) {
  const { names } = context;
  return elements.map((element) => {
    const node = (() => {
      switch (element.type) {
        case 'text':
          return h('span', { class: 'text' }, element.text);
        case 'link':
          return outerLink(element.url, element.text);
        case 'emoji':
          return h('span', {}, emoji(element.name));
        case 'user':
          return mention(`@${names.user(element.user_id)}`);
        case 'usergroup':
          return mention(`@${names.group(element.usergroup_id)}`, 'loud');
        case 'channel':
          return mention(`#${names.channel(element.channel_id)}`);
        case 'broadcast':
          return mention(`@${element.range}`, 'loud');
        case 'date':
          return drawDate(element.timestamp, element.format, element.fallback);
        default:
          return h('span', {}, withEmoji(`[${element.type}]`));
      }
    })();
    return styled(node, element.style ?? {});
  });
}

function styled(node, style) {
  const tags = { bold: 'strong', italic: 'em', strike: 's', code: 'code', underline: 'u' };
  return Object.entries(tags).reduce(
    (inner, [name, tag]) => (style[name] ? h(tag, {}, inner) : inner),
    node,
  );
}
