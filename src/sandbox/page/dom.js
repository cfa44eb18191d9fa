/** Elements are built, never parsed: no text of anybody can become markup. */

/**
 * An element. Properties that begin with `on` are listeners; `false`, `null` and `undefined` are
 * left out; children are nodes or texts, in lists of any depth.
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'value' || name === 'checked' || name === 'selected') element[name] = value;
    else
      element.setAttribute(name === 'class' ? 'class' : name, value === true ? '' : String(value));
  }
  element.append(...present(children));
  return element;
}

export function present(children) {
  return children
    .flat(Infinity)
    .filter((child) => child !== null && child !== undefined && child !== false);
}

let serial = 0;
/** An id for `for`, `aria-describedby` and the like. */
export function newId(prefix = 'e') {
  serial += 1;
  return `${prefix}-${serial}`;
}

/** A link that leaves the page; an address that is not a web or mail address stays text. */
export function outerLink(url, text, properties = {}) {
  const label = text || url;
  if (!/^(https?:|mailto:)/i.test(url)) return h('span', {}, label);
  return h(
    'a',
    { href: url, target: '_blank', rel: 'noopener noreferrer nofollow', ...properties },
    label,
  );
}

/**
 * Puts `next` where `old` is, and the keyboard focus back on the element with the same
 * `data-focus`; where that is gone, on `next` itself. A menu that somebody has just opened stays open.
 */
export function replaceKeepingFocus(old, next) {
  const menus = (place) => [...place.querySelectorAll('[aria-haspopup="menu"]')];
  const open = menus(old).findIndex((menu) => menu.getAttribute('aria-expanded') === 'true');
  const label = menus(old)[open]?.ariaLabel;
  const entries = [...old.querySelectorAll('[role="menuitem"]')];
  const entry = entries.indexOf(document.activeElement);
  replace(old, next);
  // By its place: a block without an id of its own gets another one each time.
  const again = open < 0 ? undefined : menus(next)[open];
  if (!again || again.ariaLabel !== label) return;
  again.click();
  [...next.querySelectorAll('[role="menuitem"]')].at(Math.max(0, entry))?.focus();
}

function findByFocus(place, key) {
  return [...place.querySelectorAll('[data-focus]')].find((e) => e.dataset.focus === key);
}

function replace(old, next) {
  const active = document.activeElement;
  const inside = old.contains(active) && active !== document.body;
  const key = inside ? active.closest('[data-focus]')?.dataset.focus : undefined;
  old.replaceWith(next);
  if (!inside) return;
  const same = key && findByFocus(next, key);
  (same ?? next).focus({ preventScroll: true });
}

/** New content for a place that stays, the focus kept as above. */
export function redraw(place, nodes) {
  const active = place.contains(document.activeElement) ? document.activeElement : undefined;
  const key = active?.closest('[data-focus]')?.dataset.focus;
  place.replaceChildren(...present(nodes));
  if (!key) return;
  findByFocus(place, key)?.focus();
}

export function clock(ts) {
  return new Date(Number(ts) * 1000).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}
export function day(ts) {
  return new Date(Number(ts) * 1000).toLocaleDateString([], {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  });
}
