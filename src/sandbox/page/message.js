/** One message, as a card when the app wrote it. */
import { drawBlocks } from './blocks.js';
import { clock, h } from './dom.js';
import { menuButton } from './menu.js';
import { mrkdwn } from './mrkdwn.js';
import { order } from './state.js';
import { createValues } from './values.js';

/**
 * `parts`: `workspace` (state.js), `blockContext`, `perform`, and in a channel
 * `openThread`.
 */
export function drawMessage(message, parts) {
  const { workspace, openThread } = parts;
  const author = workspace.person(message.user);
  const place = message.ephemeral
    ? { in: 'ephemeral', ts: message.ts }
    : { in: 'message', channel: message.channel, ts: message.ts };
  const values = createValues();
  const context = parts.blockContext(place, values, message.channel);
  const classes = ['message', author.bot && 'from-app', message.ephemeral && 'ephemeral'];
  return h(
    'li',
    {
      class: classes.filter(Boolean).join(' '),
      'data-ts': message.ts,
      'data-order': order(message),
      tabindex: '-1',
    },
    avatar(author),
    h(
      'article',
      { 'aria-label': `${author.realName}, ${clock(message.ts)}` },
      h(
        'header',
        {},
        h('span', { class: 'author' }, author.realName),
        author.bot && h('span', { class: 'badge' }, 'app'),
        h('time', { class: 'quiet' }, clock(message.ts)),
        message.edited && h('span', { class: 'quiet' }, 'edited'),
        message.ephemeral && h('span', { class: 'quiet' }, 'Only visible to you'),
      ),
      h('div', { class: 'body' }, body(message, context)),
      message.files?.map(drawFile),
      message.reactions?.map((reaction) =>
        h('span', { class: 'reaction' }, `:${reaction.name}: ${reaction.count}`),
      ),
      openThread && threadSummary(message, parts),
    ),
    message.ephemeral ? dismissButton(message, parts) : toolbar(message, parts),
  );
}

export function avatar(person) {
  if (person.bot) {
    return h('img', { class: 'avatar', src: '/page/earshot.svg', alt: '', width: 36, height: 36 });
  }
  const hue = [...person.id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 6;
  return h(
    'span',
    { class: `avatar hue-${hue}`, 'aria-hidden': 'true' },
    person.realName.charAt(0),
  );
}

function body(message, context) {
  if (message.blocks?.length) return drawBlocks(message.blocks, context);
  if (!message.text) return [];
  return [h('div', { class: 'plain' }, mrkdwn(message.text, context.names))];
}

function drawFile(file) {
  const address = `/page/files/${file.id}`;
  if (!/^image\/(png|jpeg|gif|webp)$/.test(file.mimetype)) {
    return h('p', {}, h('a', { href: address, download: file.name }, file.title || file.name));
  }
  const alt = file.alt_txt || file.title || file.name;
  return h(
    'figure',
    {},
    h('img', { src: address, alt, loading: 'lazy' }),
    h('figcaption', {}, file.title || file.name),
  );
}

function threadSummary(message, { workspace, openThread }) {
  const replies = workspace.replies(message);
  if (replies.length === 0) return undefined;
  const count = replies.length === 1 ? '1 reply' : `${replies.length} replies`;
  return h(
    'button',
    {
      type: 'button',
      class: 'replies',
      'data-focus': `${message.ts}/replies`,
      onclick: () => openThread(message.ts),
    },
    count,
    h('span', { class: 'quiet' }, ` last at ${clock(replies.at(-1).ts)}`),
  );
}

function dismissButton(message, { perform }) {
  return h(
    'div',
    { class: 'toolbar always' },
    h(
      'button',
      {
        type: 'button',
        class: 'button small',
        'data-focus': `${message.ts}/dismiss`,
        onclick: () => void perform({ do: 'dismiss', ts: message.ts }),
      },
      'Dismiss',
    ),
  );
}

function toolbar(message, { workspace, perform, openThread }) {
  const shortcuts = workspace.app.shortcuts.map((shortcut) => ({
    text: shortcut.name,
    run: () =>
      perform({
        do: 'shortcut',
        callbackId: shortcut.callback_id,
        channel: message.channel,
        ts: message.ts,
      }),
  }));
  const link = `/archives/${message.channel}/p${message.ts.replace('.', '')}`;
  const copy = {
    text: 'Copy link',
    run: () => navigator.clipboard?.writeText(new URL(link, location.href).href),
  };
  return h(
    'div',
    { class: 'toolbar' },
    openThread &&
      h(
        'button',
        {
          type: 'button',
          class: 'button small',
          'data-focus': `${message.ts}/thread`,
          onclick: () => openThread(message.ts),
        },
        'Reply',
      ),
    menuButton({
      label: 'Message shortcuts',
      text: '⋮',
      className: 'button small more',
      focusKey: `${message.ts}/shortcuts`,
      items: [...shortcuts, copy],
    }),
  );
}
