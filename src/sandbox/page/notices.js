/** Sentences that appear at the edge for some seconds. */
import { h } from './dom.js';

const SHOWN_MS = 8000;

export function notify(text) {
  const close = () => notice.remove();
  const notice = h(
    'div',
    { class: 'notice', role: 'alert' },
    h('span', {}, text),
    h('button', { type: 'button', class: 'icon', 'aria-label': 'Close', onclick: close }, '×'),
  );
  // A modal dialog covers everything outside of it, notices too.
  const dialogs = document.querySelectorAll('dialog[open]');
  const holder = [...dialogs].at(-1) ?? document.getElementById('notices');
  holder.append(notice);
  setTimeout(close, SHOWN_MS);
}
