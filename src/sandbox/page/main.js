/** The page: a rail, a channel or the app's Home, a thread, and whatever modal is open. */
import { drawBlocks } from './blocks.js';
import { drawComposer } from './composer.js';
import { day, h, redraw, replaceKeepingFocus } from './dom.js';
import { connect, perform as post } from './live.js';
import { drawMessage } from './message.js';
import { createModalStack } from './modal.js';
import { drawRail } from './rail.js';
import { createWorkspace } from './state.js';
import { createValues } from './values.js';

const rail = document.getElementById('rail');
const main = document.getElementById('main');
const threadPane = document.getElementById('thread');
const notices = document.getElementById('notices');

const address = new URL(location.href);
let as = address.searchParams.get('as') ?? sessionStorage.getItem('as') ?? 'U0SAM00001';
/** `{ channel }` or `{ home: true }`; which message's thread is open; unread by channel. */
let at = address.searchParams.has('channel')
  ? { channel: address.searchParams.get('channel') }
  : undefined;
let wanted = address.searchParams.get('message');
let thread;
const unread = new Map();
const drafts = new Map();
let workspace;
let connection;

const perform = async (order) => {
  const done = await post(as, order);
  if (!done.ok && done.problem && order.do !== 'submit') notify(done.problem);
  return done;
};
const modals = createModalStack({ makeContext, perform: (order) => perform(order), notify });

become(as);

function become(id) {
  connection?.close();
  as = id;
  sessionStorage.setItem('as', id);
  const next = new URL(location.href);
  next.searchParams.set('as', id);
  history.replaceState(null, '', next);
  connection = connect(id, { onMessage: receive, onStatus: showStatus });
}

function showStatus(connected) {
  document.body.classList.toggle('offline', !connected);
  if (!connected && workspace) {
    workspace.app.connected = false;
    renderRail();
  }
}

const RECEIVE = {
  hello(message) {
    workspace = createWorkspace(message);
    at ??= { channel: message.channels[0].id };
    if (at.channel && !workspace.channel(at.channel)) at = { channel: message.channels[0].id };
    if (wanted) openWanted();
    render();
    modals.show(message.modals);
    if (at.home) void perform({ do: 'home' });
  },
  message({ message }) {
    const isNew = !workspace.find(message.channel, message.ts);
    workspace.put(message);
    if (isNew && message.channel !== at.channel && !workspace.isReply(message)) {
      unread.set(message.channel, (unread.get(message.channel) ?? 0) + 1);
      renderRail();
    }
    showMessage(message);
  },
  message_gone({ message }) {
    workspace.drop(message);
    hideMessage(message);
  },
  ephemeral({ message }) {
    workspace.putEphemeral(message);
    showMessage(message);
  },
  ephemeral_gone({ message }) {
    workspace.dropEphemeral(message);
    hideMessage(message);
  },
  channel({ channel }) {
    workspace.putChannel(channel);
    render();
  },
  home({ view }) {
    workspace.home = view;
    if (at.home) renderHome();
  },
  modals: (message) => modals.show(message.modals),
  app({ connected }) {
    workspace.app.connected = connected;
    renderRail();
  },
};

function receive(message) {
  RECEIVE[message.type]?.(message);
}

/** A permalink was followed: go to the message, or to the thread that it is in. */
function openWanted() {
  const message = workspace.find(at.channel, wanted);
  if (message) thread = workspace.isReply(message) ? message.thread_ts : undefined;
  setTimeout(() => {
    const item = document.querySelector(`[data-ts="${CSS.escape(wanted)}"]`);
    item?.scrollIntoView({ block: 'center' });
    item?.classList.add('wanted');
    wanted = undefined;
  });
}

function makeContext(place, values, channel) {
  return {
    names: workspace.names,
    people: workspace.people,
    channels: workspace.channelList(),
    channel,
    values,
    async press(block, element, input) {
      const { block_id: blockId, action_id: actionId } = { ...block, action_id: element.action_id };
      const key = `${blockId}/${actionId}`;
      const control = [...document.querySelectorAll('[data-focus]')].filter(
        (entry) => entry.dataset.focus === key,
      );
      control.forEach((entry) => entry.setAttribute('aria-busy', 'true'));
      await perform({ do: 'action', place, blockId, actionId, input, values: values.state() });
      control.forEach((entry) => entry.removeAttribute('aria-busy'));
    },
  };
}

function goTo(place) {
  at = place;
  thread = undefined;
  if (place.channel) unread.delete(place.channel);
  render();
  main.focus();
  if (place.home) void perform({ do: 'home' });
}

function openThread(ts) {
  thread = ts;
  renderThread();
  threadPane.querySelector('textarea')?.focus();
}

function closeThread() {
  const before = thread;
  thread = undefined;
  renderThread();
  const item = [...main.querySelectorAll('[data-ts]')].find((entry) => entry.dataset.ts === before);
  item?.focus();
}

function render() {
  renderRail();
  if (at.home) renderHome();
  else renderChannel();
  renderThread();
}

function renderRail() {
  redraw(rail, drawRail({ workspace, at, unread, as, become, goTo }));
}

function messageParts(inThread) {
  return { workspace, makeContext, perform, openThread, inThread };
}

function renderChannel() {
  const channel = workspace.channel(at.channel);
  document.title = `#${channel.name}: Earshot's local workspace`;
  const timeline = workspace.timeline(channel.id);
  const list = h('ol', {
    class: 'messages',
    role: 'log',
    'aria-label': `Messages in ${channel.name}`,
  });
  list.append(...timeline.map((message) => drawMessage(message, messageParts(false))));
  const scroller = h(
    'div',
    { class: 'scroller', tabindex: '0' },
    emptyNote(timeline, channel),
    list,
  );
  redraw(main, [
    h(
      'header',
      { class: 'top' },
      h('h1', {}, channel.direct ? channel.name : `# ${channel.name}`),
      h('p', { class: 'quiet' }, channel.topic),
      h('p', { class: 'quiet members' }, memberCount(channel)),
    ),
    scroller,
    workspace.isMember(channel.id) ? channelComposer(channel) : joinBar(channel),
  ]);
  dateLines(list);
  scroller.scrollTop = scroller.scrollHeight;
}

function emptyNote(timeline, channel) {
  if (timeline.length > 0) return undefined;
  return h('p', { class: 'empty quiet' }, `This is the beginning of #${channel.name}.`);
}

function memberCount(channel) {
  const names = channel.members.map((id) => workspace.names.user(id));
  return `${names.length} members: ${names.join(', ')}`;
}

function channelComposer(channel) {
  return drawComposer({
    label: `Message #${channel.name}`,
    placeholder: `Message #${channel.name}, or type / for a command`,
    commands: workspace.app.commands,
    focusKey: `composer/${channel.id}`,
    drafts,
    async send(text) {
      const [command] = text.split(/\s/);
      if (!text.startsWith('/')) {
        return (await perform({ do: 'say', channel: channel.id, text: escapeText(text) })).ok;
      }
      const done = await perform({
        do: 'command',
        channel: channel.id,
        command,
        text: text.slice(command.length).trim(),
      });
      return done.ok;
    },
  });
}

function joinBar(channel) {
  return h(
    'div',
    { class: 'composer join' },
    h('p', {}, `You are looking at #${channel.name}; you are not a member.`),
    h(
      'button',
      {
        type: 'button',
        class: 'button primary',
        onclick: () => void perform({ do: 'join', channel: channel.id }),
      },
      'Join',
    ),
  );
}

/** A line above the first message of each day. */
function dateLines(list) {
  list.querySelectorAll('.day').forEach((line) => line.remove());
  let before;
  for (const item of list.querySelectorAll('[data-ts]')) {
    const today = day(item.dataset.ts);
    if (today !== before) item.before(h('li', { class: 'day' }, h('span', {}, today)));
    before = today;
  }
}

function showMessage(message) {
  const root = workspace.isReply(message)
    ? workspace.find(message.channel, message.thread_ts)
    : message;
  if (message.channel === at.channel && root) {
    placeIn(main.querySelector('.messages'), main.querySelector('.scroller'), root, false);
  }
  if (thread && (message.ts === thread || message.thread_ts === thread)) {
    const list = threadPane.querySelector('.messages');
    placeIn(list, threadPane.querySelector('.scroller'), message, true);
  }
}

/** Draws the message where it belongs; who reads at the end stays at the end. */
function placeIn(list, scroller, message, inThread) {
  if (!list) return;
  const atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80;
  const item = drawMessage(message, messageParts(inThread));
  const items = [...list.querySelectorAll('[data-ts]')];
  const old = items.find((entry) => entry.dataset.ts === message.ts);
  if (old) replaceKeepingFocus(old, item);
  else {
    const after = items.find((entry) => entry.dataset.order > item.dataset.order);
    list.insertBefore(item, after ?? null);
    item.classList.add('new');
    main.querySelector('.empty')?.remove();
  }
  if (!inThread) dateLines(list);
  if (atEnd) scroller.scrollTop = scroller.scrollHeight;
}

function hideMessage(message) {
  for (const pane of [main, threadPane]) {
    for (const item of pane.querySelectorAll('[data-ts]')) {
      if (item.dataset.ts === message.ts) item.remove();
    }
  }
  if (thread === message.ts) closeThread();
  const list = main.querySelector('.messages');
  if (list) dateLines(list);
  if (workspace.isReply(message)) {
    const root = workspace.find(message.channel, message.thread_ts);
    if (root) showMessage(root);
  }
}

function renderThread() {
  const root = thread && at.channel ? workspace.find(at.channel, thread) : undefined;
  threadPane.hidden = !root;
  document.body.classList.toggle('with-thread', Boolean(root));
  if (!root) return threadPane.replaceChildren();
  const list = h('ol', { class: 'messages', role: 'log', 'aria-label': 'Thread' });
  list.append(
    ...[root, ...workspace.replies(root)].map((message) =>
      drawMessage(message, messageParts(true)),
    ),
  );
  const scroller = h('div', { class: 'scroller', tabindex: '0' }, list);
  redraw(threadPane, [
    h(
      'header',
      { class: 'top' },
      h('h2', {}, 'Thread'),
      h(
        'button',
        { type: 'button', class: 'icon', 'aria-label': 'Close thread', onclick: closeThread },
        '×',
      ),
    ),
    scroller,
    workspace.isMember(at.channel) ? threadComposer(root) : '',
  ]);
  scroller.scrollTop = scroller.scrollHeight;
}

function threadComposer(root) {
  return drawComposer({
    label: 'Reply in the thread',
    placeholder: 'Reply',
    commands: [],
    focusKey: `composer/${root.ts}`,
    drafts,
    async send(text) {
      if (text.startsWith('/')) {
        notify('Slash commands do not work in threads. Type it in the channel.');
        return false;
      }
      const order = {
        do: 'say',
        channel: root.channel,
        thread_ts: root.ts,
        text: escapeText(text),
      };
      return (await perform(order)).ok;
    },
  });
}

function renderHome() {
  const { app, home } = workspace;
  document.title = `${app.name} Home: local workspace`;
  const values = createValues();
  const context = home && makeContext({ in: 'view', viewId: home.id }, values);
  const content = home
    ? drawBlocks(home.blocks, context)
    : h('p', { class: 'empty quiet' }, `${app.name} has not drawn its Home yet.`);
  const old = main.querySelector('.home');
  const next = h('div', { class: 'home scroller', tabindex: '0' }, content);
  if (old) return replaceKeepingFocus(old, next);
  main.replaceChildren(
    h(
      'header',
      { class: 'top' },
      h('h1', {}, `${app.name} Home`),
      h('p', { class: 'quiet' }, app.description),
    ),
    next,
  );
}

/** What a person types is text; Slack wants these three escaped. */
function escapeText(text) {
  return text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign]);
}

function notify(text) {
  const notice = h(
    'div',
    { class: 'notice' },
    h('span', {}, text),
    h(
      'button',
      { type: 'button', class: 'icon', 'aria-label': 'Close', onclick: () => notice.remove() },
      '×',
    ),
  );
  // A modal dialog covers everything outside of it, notices too.
  const holder = document.querySelector('dialog[open]:last-of-type') ?? notices;
  holder.append(notice);
  setTimeout(() => notice.remove(), 8000);
}

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && thread && !modals.isOpen() && !event.defaultPrevented)
    closeThread();
});
