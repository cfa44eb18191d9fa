/** A list of messages that follows what happens. */
import { blockContext, perform } from './actions.js';
import { day, h, replaceKeepingFocus } from './dom.js';
import { drawMessage } from './message.js';
import { session } from './session.js';

/** `openThread(ts)` is given for a channel's list and left out in a thread's. */
export function drawTimeline(messages, openThread) {
  const list = h(
    'ol',
    { class: 'messages' },
    messages.map((message) => draw(message, openThread)),
  );
  if (openThread) dateLines(list);
  return list;
}

/** Draws the message anew, or where it belongs; who reads at the end stays at the end. */
export function placeMessage(pane, message, openThread) {
  const list = pane.querySelector('.messages');
  if (!list) return;
  const wasAtEnd = isAtEnd(pane);
  const item = draw(message, openThread);
  const items = itemsOf(list);
  const old = items.find((entry) => entry.dataset.ts === message.ts);
  if (old) replaceKeepingFocus(old, item);
  else {
    const after = items.find((entry) => entry.dataset.order > item.dataset.order);
    list.insertBefore(item, after ?? null);
    item.classList.add('new');
    pane.querySelector('.empty')?.remove();
  }
  if (openThread) dateLines(list);
  if (wasAtEnd) scrollToEnd(pane);
  else if (!old) offerEnd(pane);
}

/** Who reads further up is told that something came, and is not moved. */
function offerEnd(pane) {
  if (pane.querySelector('.newer')) return;
  const scroller = pane.querySelector('.scroller');
  const go = () => scrollToEnd(pane);
  const offer = h('button', { type: 'button', class: 'newer', onclick: go }, 'New messages ↓');
  scroller.after(offer);
  scroller.addEventListener('scroll', function leave() {
    if (!isAtEnd(pane)) return;
    offer.remove();
    scroller.removeEventListener('scroll', leave);
  });
}

export function removeMessage(pane, ts) {
  const list = pane.querySelector('.messages');
  if (!list) return;
  for (const item of itemsOf(list)) if (item.dataset.ts === ts) item.remove();
  if (list.querySelector('.day')) dateLines(list);
}

export function findItem(pane, ts) {
  return [...pane.querySelectorAll('[data-ts]')].find((item) => item.dataset.ts === ts);
}

export function isAtEnd(pane) {
  const { scrollHeight, scrollTop, clientHeight } = pane.querySelector('.scroller');
  return scrollHeight - scrollTop - clientHeight < 80;
}

export function scrollToEnd(pane) {
  const scroller = pane.querySelector('.scroller');
  scroller.scrollTop = scroller.scrollHeight;
}

function draw(message, openThread) {
  const { workspace } = session;
  return drawMessage(message, { workspace, blockContext, perform, openThread });
}

function itemsOf(list) {
  return [...list.querySelectorAll('[data-ts]')];
}

/** A line above the first message of each day. */
function dateLines(list) {
  list.querySelectorAll('.day').forEach((line) => line.remove());
  let before;
  for (const item of itemsOf(list)) {
    const today = day(item.dataset.ts);
    if (today !== before) item.before(h('li', { class: 'day' }, h('span', {}, today)));
    before = today;
  }
}
