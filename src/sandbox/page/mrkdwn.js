/** Slack's mrkdwn, into nodes. */
import { h, outerLink } from './dom.js';
import { emoji, withEmoji } from './emoji.js';

/** `names` turns ids into names: `user(id)`, `channel(id)`, `group(id)`. */
export function mrkdwn(text, names) {
  return codeBlocks(text, names);
}

export function plainText(text) {
  return lines(withEmoji(unescape(text)));
}

function codeBlocks(text, names) {
  return text
    .split(/```\n?([\s\S]+?)\n?```/)
    .flatMap((part, index) =>
      index % 2 ? [h('pre', {}, h('code', {}, unescape(part)))] : quotes(part, names),
    );
}

function quotes(text, names) {
  const nodes = [];
  let quoted = [];
  let open = [];
  const closeQuote = () => {
    if (quoted.length) nodes.push(h('blockquote', {}, inline(quoted.join('\n'), names)));
    quoted = [];
  };
  const closeText = () => {
    if (open.length) nodes.push(...inline(open.join('\n'), names));
    open = [];
  };
  for (const line of text.split('\n')) {
    const quote = /^(?:>|&gt;) ?(.*)$/.exec(line);
    if (quote) {
      closeText();
      quoted.push(quote[1]);
    } else {
      closeQuote();
      open.push(line);
    }
  }
  closeQuote();
  closeText();
  return nodes;
}

/** Code, references and emoji come first, because their insides are not marked up. */
const TOKEN = /`[^`\n]+`|<[^<>\n]+>|:[a-z0-9_+-]+:/g;
const HELD = /\uE000(\d+)\uE001/;

function inline(text, names) {
  const held = [];
  const hold = (token) => `\uE000${held.push(token) - 1}\uE001`;
  const marked = text.replace(/[\uE000\uE001]/g, '').replace(TOKEN, hold);
  return emphasis(marked, (plain) => release(plain, held, names));
}

/** A text without marks, its held tokens turned into nodes. */
function release(text, held, names) {
  return text.split(HELD).flatMap((part, index) => {
    if (index % 2 === 0) return lines(unescape(part));
    const token = held[Number(part)];
    if (token.startsWith('`')) return [h('code', {}, unescape(token.slice(1, -1)))];
    if (token.startsWith('<')) return [reference(token.slice(1, -1), names)];
    return [emoji(token.slice(1, -1))];
  });
}

const TAGS = { '*': 'strong', _: 'em', '~': 's' };
/** Marks count at the edges of words only: `snake_case` and `2*3*4` stay as they are. */
const EMPHASIS = /(^|[\s(["'*_~])([*_~])(?=\S)([^\n]*?\S)\2(?!\w)/;

function emphasis(text, release) {
  const match = EMPHASIS.exec(text);
  if (!match) return release(text);
  const [whole, lead, mark, inner] = match;
  return [
    ...release(text.slice(0, match.index) + lead),
    h(TAGS[mark], {}, emphasis(inner, release)),
    ...emphasis(text.slice(match.index + whole.length), release),
  ];
}

/** What stands between `<` and `>`. */
function reference(token, names) {
  const bar = token.indexOf('|');
  const target = bar < 0 ? token : token.slice(0, bar);
  const label = bar < 0 ? '' : unescape(token.slice(bar + 1));
  if (target.startsWith('@')) return mention(`@${names.user(target.slice(1))}`);
  if (target.startsWith('#')) return mention(`#${names.channel(target.slice(1)) || label}`);
  if (target.startsWith('!subteam^')) return mention(`@${names.group(target.slice(9))}`, 'loud');
  if (/^!(here|channel|everyone)$/.test(target)) return mention(`@${target.slice(1)}`, 'loud');
  if (target.startsWith('!date^')) return dateOf(target, label);
  return outerLink(unescape(target), label);
}

export function mention(text, kind = '') {
  return h('span', { class: `mention ${kind}` }, text);
}

function dateOf(target, fallback) {
  const [, seconds, format = '', url] = target.split('^');
  const time = drawDate(Number(seconds), format, fallback);
  return url ? outerLink(unescape(url), time) : time;
}

/** A moment in the reader's own words; `refreshDates` keeps "4 min ago" true. */
export function drawDate(seconds, format, fallback = '') {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return h('span', {}, fallback);
  return h(
    'time',
    { datetime: date.toISOString(), title: date.toLocaleString(), 'data-format': format },
    formatDate(date, format),
  );
}

export function refreshDates() {
  for (const time of document.querySelectorAll('time[data-format*="{ago}"]')) {
    time.textContent = formatDate(new Date(time.dateTime), time.dataset.format);
  }
}

const DATED = {
  date: { year: 'numeric', month: 'long', day: 'numeric' },
  date_short: { year: 'numeric', month: 'short', day: 'numeric' },
  date_long: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
};

function formatDate(date, format) {
  return format.replace(/\{(\w+)\}/g, (whole, name) => {
    if (name === 'time') return date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
    if (name === 'time_secs') return date.toLocaleTimeString();
    if (name === 'date_num') return date.toISOString().slice(0, 10);
    if (name === 'ago') return ago(date);
    const plain = name.replace(/_pretty$/, '');
    if (!Object.hasOwn(DATED, plain)) return whole;
    return (name !== plain && nearDay(date)) || date.toLocaleDateString([], DATED[plain]);
  });
}

function nearDay(date) {
  const midnight = (at) => new Date(at).setHours(0, 0, 0, 0);
  const days = Math.round((midnight(date) - midnight(Date.now())) / 86_400_000);
  return { '-1': 'yesterday', 0: 'today', 1: 'tomorrow' }[days];
}

function ago(date) {
  const minutes = Math.round((Date.now() - date.getTime()) / 60_000);
  if (minutes < 0)
    return `in ${-minutes < 60 ? `${-minutes} min` : `${Math.round(-minutes / 60)} h`}`;
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 48 * 60) return `${Math.round(minutes / 60)} h ago`;
  return `${Math.round(minutes / 1440)} days ago`;
}

function lines(text) {
  return text
    .split('\n')
    .flatMap((line, index) => (index ? [h('br'), line] : [line]))
    .filter((node) => node !== '');
}

function unescape(text) {
  return text.replace(/&(lt|gt|amp);/g, (_, name) => ({ lt: '<', gt: '>', amp: '&' })[name]);
}
