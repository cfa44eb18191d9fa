/** Where one writes: a line with Enter, a slash command with completion. */
import { h, newId } from './dom.js';

/**
 * `commands` are the manifest's; in a thread they are empty: Slack has none there. `send(text)`
 * returns whether the text may be cleared. `drafts` keeps unsent text over a redrawing, by
 * `focusKey`.
 */
export function drawComposer({ label, placeholder, commands, send, focusKey, drafts }) {
  const listId = newId('list');
  let entries = [];
  let active = -1;

  const box = h('textarea', {
    rows: 1,
    'aria-label': label,
    placeholder,
    'aria-autocomplete': 'list',
    'aria-haspopup': 'listbox',
    'aria-controls': listId,
    'data-focus': focusKey,
    value: drafts.get(focusKey) ?? '',
    oninput: () => {
      drafts.set(focusKey, box.value);
      suggest();
    },
    onkeydown: key,
    onblur: () => setTimeout(hide, 150),
  });
  const list = h('div', { class: 'completions', role: 'listbox', id: listId, hidden: true });
  list.setAttribute('aria-label', 'Commands');
  const button = h('button', { class: 'button primary', type: 'submit' }, 'Send');
  const form = h(
    'form',
    {
      class: 'composer',
      onsubmit: (event) => {
        event.preventDefault();
        void submit();
      },
    },
    list,
    box,
    button,
  );

  async function submit() {
    const text = box.value.trim();
    if (!text || form.hasAttribute('aria-busy')) return;
    hide();
    form.setAttribute('aria-busy', 'true');
    fill('');
    const done = await send(text);
    form.removeAttribute('aria-busy');
    if (!done && box.value === '') fill(text);
    box.focus();
  }

  function fill(text) {
    box.value = text;
    drafts.set(focusKey, text);
  }

  function suggest() {
    entries = completions(box.value, commands);
    active = -1;
    list.replaceChildren(
      ...entries.map(({ text, hint }, index) =>
        h(
          'div',
          {
            role: 'option',
            id: `${listId}-${index}`,
            'aria-selected': 'false',
            onpointerdown: (event) => {
              event.preventDefault();
              accept(index);
            },
          },
          h('strong', {}, text),
          h('span', { class: 'quiet' }, ` ${hint}`),
        ),
      ),
    );
    list.hidden = entries.length === 0;
    box.removeAttribute('aria-activedescendant');
  }

  function hide() {
    entries = [];
    list.hidden = true;
    box.removeAttribute('aria-activedescendant');
  }

  function choose(index) {
    active = (index + entries.length) % entries.length;
    for (const [at, option] of [...list.children].entries()) {
      option.setAttribute('aria-selected', String(at === active));
    }
    list.children[active].scrollIntoView({ block: 'nearest' });
    box.setAttribute('aria-activedescendant', `${listId}-${active}`);
  }

  function accept(index) {
    fill(`${entries[index].text} `);
    suggest();
    box.focus();
  }

  function key(event) {
    const listed = entries.length > 0;
    if (listed && event.key === 'ArrowDown') choose(active + 1);
    else if (listed && event.key === 'ArrowUp')
      choose(active < 0 ? entries.length - 1 : active - 1);
    else if (listed && event.key === 'Tab' && !event.shiftKey) accept(Math.max(active, 0));
    else if (listed && event.key === 'Enter' && active >= 0) accept(active);
    else if (listed && event.key === 'Escape') {
      event.stopPropagation();
      hide();
    } else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) void submit();
    else return;
    event.preventDefault();
  }

  return form;
}

/** Commands that begin as the text does, then the words of the command's usage hint. */
function completions(text, commands) {
  if (!text.startsWith('/') || text.includes('\n')) return [];
  const command = commands.find((entry) => text.startsWith(`${entry.command} `));
  if (!command) {
    return commands
      .filter((entry) => entry.command.startsWith(text))
      .map((entry) => ({ text: entry.command, hint: entry.description }));
  }
  const typed = text.slice(command.command.length + 1);
  return (command.usage_hint ?? '')
    .split('|')
    .map((part) => part.trim())
    .map((part) => {
      const [verb, ...rest] = part.split(' ');
      return { text: `${command.command} ${verb}`, verb, hint: rest.join(' ') };
    })
    .filter(({ verb }) => verb.startsWith(typed) && verb !== typed);
}
