/** The middle of the page: a channel or the app's Home. And the thread beside it. */
import { blockContext, perform, runCommand, say } from './actions.js';
import { drawBlocks } from './blocks.js';
import { drawComposer } from './composer.js';
import { h, redraw, replaceKeepingFocus } from './dom.js';
import { notify } from './notices.js';
import { session } from './session.js';
import { drawTimeline, scrollToEnd } from './timeline.js';
import { createValues } from './values.js';

export function renderChannel(pane, openThread) {
  const { workspace, at } = session;
  const channel = workspace.channel(at.channel);
  const title = channel.direct ? channel.name : `# ${channel.name}`;
  document.title = `#${channel.name}: Earshot's local workspace`;
  const messages = workspace.timeline(channel.id);
  const names = channel.members.map((id) => workspace.names.user(id));
  redraw(pane, [
    top(
      h('h1', {}, title),
      h('p', { class: 'quiet' }, channel.topic),
      h('p', { class: 'quiet members' }, `${names.length} members: ${names.join(', ')}`),
    ),
    scroller(
      { role: 'log', 'aria-label': `Messages in ${channel.name}` },
      messages.length === 0 &&
        h('p', { class: 'empty quiet' }, `This is the beginning of #${channel.name}.`),
      drawTimeline(messages, openThread),
    ),
    workspace.isMember(channel.id) ? channelComposer(channel) : joinBar(channel),
  ]);
  scrollToEnd(pane);
}

function channelComposer({ id, name }) {
  return drawComposer({
    label: `Message #${name}`,
    placeholder: `Message #${name}, or type / for a command`,
    commands: session.workspace.app.commands,
    focusKey: `composer/${id}`,
    drafts: session.drafts,
    send(text) {
      // Who writes wants to see what follows.
      scrollToEnd(document.getElementById('main'));
      return text.startsWith('/') ? runCommand(id, text) : say({ channel: id }, text);
    },
  });
}

function joinBar({ id, name }) {
  const join = () => void perform({ do: 'join', channel: id });
  return h(
    'div',
    { class: 'composer join' },
    h('p', {}, `You are looking at #${name}; you are not a member.`),
    h('button', { type: 'button', class: 'button primary', onclick: join }, 'Join'),
  );
}

/** Hides the pane when no thread is open. */
export function renderThread(pane, close) {
  const { workspace, at, thread } = session;
  const root = thread && at.channel ? workspace.find(at.channel, thread) : undefined;
  pane.hidden = !root;
  document.body.classList.toggle('with-thread', Boolean(root));
  if (!root) return pane.replaceChildren();
  redraw(pane, [
    top(
      h('h2', {}, 'Thread'),
      h(
        'button',
        { type: 'button', class: 'icon', 'aria-label': 'Close thread', onclick: close },
        '×',
      ),
    ),
    scroller(
      { role: 'log', 'aria-label': 'Messages in the thread' },
      drawTimeline([root, ...workspace.replies(root)]),
    ),
    workspace.isMember(at.channel) && threadComposer(root),
  ]);
  scrollToEnd(pane);
}

function threadComposer(root) {
  return drawComposer({
    label: 'Reply in the thread',
    placeholder: 'Reply',
    commands: [],
    focusKey: `composer/${root.ts}`,
    drafts: session.drafts,
    async send(text) {
      if (!text.startsWith('/')) return say({ channel: root.channel, thread_ts: root.ts }, text);
      notify('Slash commands do not work in threads. Type it in the channel.');
      return false;
    },
  });
}

export function renderHome(pane) {
  const { app, home } = session.workspace;
  document.title = `${app.name} Home: local workspace`;
  const context = home && blockContext({ in: 'view', viewId: home.id }, createValues());
  const content = home
    ? drawBlocks(home.blocks, context)
    : h('p', { class: 'empty quiet' }, `${app.name} has not drawn its Home yet.`);
  const next = scroller({ role: 'region', 'aria-label': `${app.name} Home` }, content);
  next.classList.add('home');
  const old = pane.querySelector('.home');
  if (old) {
    const { scrollTop } = old;
    replaceKeepingFocus(old, next);
    // Who pressed something far down finds it there again.
    next.scrollTop = scrollTop;
    return;
  }
  pane.replaceChildren(
    top(h('h1', {}, `${app.name} Home`), h('p', { class: 'quiet' }, app.description)),
    next,
  );
}

function top(...content) {
  return h('header', { class: 'top' }, content);
}
function scroller(properties, ...content) {
  return h('div', { class: 'scroller', tabindex: '0', ...properties }, content);
}
