/** A button that opens a small menu: arrows move, Escape closes, Tab leaves. */
import { h } from './dom.js';

let open;

export function menuButton({ label, text, items, focusKey, className = 'button more' }) {
  const button = h(
    'button',
    {
      type: 'button',
      class: className,
      'data-focus': focusKey,
      'aria-haspopup': 'menu',
      'aria-expanded': 'false',
      'aria-label': label,
      title: label,
      onclick: () => (button.getAttribute('aria-expanded') === 'true' ? close() : show()),
    },
    text,
  );
  const holder = h('span', { class: 'menu-holder' }, button);

  function show() {
    open?.();
    const entries = items.map(entry);
    const menu = h('div', { class: 'menu', role: 'menu', 'aria-label': label }, entries);
    holder.append(menu);
    button.setAttribute('aria-expanded', 'true');
    // Near the lower edge of its scroller the menu opens upwards.
    const box = menu.getBoundingClientRect();
    if (box.bottom > innerHeight - 8) menu.classList.add('up');
    if (box.right > innerWidth - 8) menu.classList.add('left');
    entries[0]?.focus();
    menu.addEventListener('keydown', (event) => move(event, entries));
    document.addEventListener('pointerdown', outside);
    open = close;
  }
  function close(refocus = false) {
    holder.querySelector('.menu')?.remove();
    button.setAttribute('aria-expanded', 'false');
    document.removeEventListener('pointerdown', outside);
    open = undefined;
    if (refocus) button.focus();
  }
  function outside(event) {
    if (!holder.contains(event.target)) close();
  }
  function entry({ text: label, url, run }) {
    const isLink = url && /^https?:/i.test(url);
    return h(
      isLink ? 'a' : 'button',
      {
        role: 'menuitem',
        tabindex: '-1',
        ...(isLink
          ? { href: url, target: '_blank', rel: 'noopener noreferrer nofollow' }
          : { type: 'button' }),
        onclick: () => {
          close(true);
          void run();
        },
      },
      label,
    );
  }
  function move(event, entries) {
    const at = entries.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      close(true);
    } else if (event.key === 'Tab') {
      close();
    } else if (to !== undefined) {
      event.preventDefault();
      entries.at(to % entries.length)?.focus();
    }
  }
  return holder;
}
