/** The page: follows the workspace, and goes where one wants to go. */
import { blockContext, perform } from './actions.js';
import { redraw } from './dom.js';
import { connect } from './live.js';
import { createModalStack } from './modal.js';
import { refreshDates } from './mrkdwn.js';
import { notify } from './notices.js';
import { renderChannel, renderHome, renderThread } from './panes.js';
import { drawRail } from './rail.js';
import { session } from './session.js';
import { createWorkspace } from './state.js';
import { findItem, isAtEnd, placeMessage, removeMessage, scrollToEnd } from './timeline.js';

const rail = document.getElementById('rail');
const main = document.getElementById('main');
const threadPane = document.getElementById('thread');
const modals = createModalStack({ blockContext, perform, notify });
let connection;

become(session.as);

/** Acts as that person from now on, in this tab alone. */
function become(id) {
  connection?.close();
  session.as = id;
  sessionStorage.setItem('as', id);
  const next = new URL(location.href);
  next.searchParams.set('as', id);
  history.replaceState(null, '', next);
  connection = connect(id, { onMessage: receive, onStatus: showStatus });
}

function showStatus(connected) {
  document.body.classList.toggle('offline', !connected);
  if (connected || !session.workspace) return;
  session.workspace.app.connected = false;
  showRail();
}

function receive(message) {
  RECEIVE[message.type]?.(message);
}

/** By what the server sends: see page-hub.ts. */
const RECEIVE = {
  hello(message) {
    session.workspace = createWorkspace(message);
    const first = { channel: message.channels[0].id };
    session.at ??= first;
    if (session.at.channel && !session.workspace.channel(session.at.channel)) session.at = first;
    const { wanted } = session;
    if (wanted) session.thread = threadOf(session.workspace.find(session.at.channel, wanted));
    showAll();
    if (wanted) pointAt(wanted);
    modals.show(message.modals);
    if (session.at.home) void perform({ do: 'home' });
  },
  message({ message }) {
    const { workspace, at, unread } = session;
    const isNew = !workspace.find(message.channel, message.ts);
    workspace.put(message);
    if (isNew && message.channel !== at.channel && !workspace.isReply(message)) {
      unread.set(message.channel, (unread.get(message.channel) ?? 0) + 1);
      showRail();
    }
    showMessage(message);
  },
  message_gone({ message }) {
    session.workspace.drop(message);
    hideMessage(message);
  },
  ephemeral({ message }) {
    session.workspace.putEphemeral(message);
    showMessage(message);
  },
  ephemeral_gone({ message }) {
    session.workspace.dropEphemeral(message);
    hideMessage(message);
  },
  channel({ channel }) {
    session.workspace.putChannel(channel);
    showAll();
  },
  home({ view }) {
    session.workspace.home = view;
    if (session.at.home) renderHome(main);
  },
  modals: (message) => modals.show(message.modals),
  app({ connected }) {
    session.workspace.app.connected = connected;
    showRail();
  },
};

function threadOf(message) {
  return message && session.workspace.isReply(message) ? message.thread_ts : undefined;
}

/** A permalink was followed. */
function pointAt(ts) {
  session.wanted = undefined;
  const item = findItem(threadPane, ts) ?? findItem(main, ts);
  item?.scrollIntoView({ block: 'center' });
  item?.classList.add('wanted');
}

function goTo(place) {
  session.at = place;
  session.thread = undefined;
  if (place.channel) session.unread.delete(place.channel);
  showAll();
  main.focus();
  if (place.home) void perform({ do: 'home' });
}

function openThread(ts) {
  session.thread = ts;
  // The channel becomes narrower and longer; its end stays in sight.
  const wasAtEnd = isAtEnd(main);
  renderThread(threadPane, closeThread);
  if (wasAtEnd) scrollToEnd(main);
  threadPane.querySelector('textarea')?.focus();
}

function closeThread() {
  const before = session.thread;
  session.thread = undefined;
  renderThread(threadPane, closeThread);
  findItem(main, before)?.focus();
}

function showAll() {
  showRail();
  if (session.at.home) renderHome(main);
  else renderChannel(main, openThread);
  renderThread(threadPane, closeThread);
}

function showRail() {
  redraw(rail, drawRail({ ...session, become, goTo }));
}

function showMessage(message) {
  const { workspace, at, thread } = session;
  const isReply = workspace.isReply(message);
  const root = isReply ? workspace.find(message.channel, message.thread_ts) : message;
  if (message.channel !== at.channel) return;
  if (root) placeMessage(main, root, openThread);
  if (thread && (message.ts === thread || message.thread_ts === thread)) {
    placeMessage(threadPane, message);
  }
}

function hideMessage(message) {
  const { workspace } = session;
  removeMessage(main, message.ts);
  removeMessage(threadPane, message.ts);
  if (session.thread === message.ts) closeThread();
  const root = workspace.isReply(message) && workspace.find(message.channel, message.thread_ts);
  if (root) showMessage(root);
}

setInterval(refreshDates, 30_000);

/** A link to a message of this workspace leads there without leaving the page. */
document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[href]');
  const [, channel, seconds, rest] =
    /^\/archives\/(\w+)\/p(\d{10})(\d{6})$/.exec(link?.pathname ?? '') ?? [];
  if (!channel || link.origin !== location.origin || event.ctrlKey || event.metaKey) return;
  if (!session.workspace.channel(channel)) return;
  event.preventDefault();
  const ts = `${seconds}.${rest}`;
  goTo({ channel });
  const thread = threadOf(session.workspace.find(channel, ts));
  if (thread) openThread(thread);
  pointAt(ts);
});

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || event.defaultPrevented) return;
  if (session.thread && !modals.isOpen()) closeThread();
});
