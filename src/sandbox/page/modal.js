/** The modal that is on top of this tab's stack. */
import { drawBlocks } from './blocks.js';
import { h, newId } from './dom.js';
import { complaint, createValues } from './values.js';

/**
 * `blockContext(place, values)` gives what blocks need; `perform(order)` asks the app; `notify`
 * shows a sentence.
 */
export function createModalStack({ blockContext, perform, notify }) {
  let shown;
  let opener;

  function show(views) {
    const view = views.at(-1);
    if (!view) return hide();
    if (shown?.view.id === view.id && shown.view.hash === view.hash) return;
    const kept = shown?.view.id === view.id ? shown.values.state() : {};
    if (!shown) opener = placeOfFocus();
    const focused = shown?.dialog.contains(document.activeElement)
      ? document.activeElement.closest('[data-focus]')?.dataset.focus
      : undefined;
    const next = draw(view, views.length);
    next.values.restore(kept);
    shown?.dialog.remove();
    shown = next;
    document.body.append(next.dialog);
    next.dialog.showModal();
    focusFirst(next.dialog, focused);
  }

  function hide() {
    if (!shown) return;
    shown.dialog.close();
    shown.dialog.remove();
    shown = undefined;
    focusAt(opener);
  }

  function focusFirst(dialog, key) {
    const same =
      key && [...dialog.querySelectorAll('[data-focus]')].find((e) => e.dataset.focus === key);
    const target =
      same ??
      dialog.querySelector('[autofocus], .view-body :is(input, textarea, select)') ??
      dialog.querySelector('.view-head h2');
    target?.focus();
  }

  function draw(view, depth) {
    const titleId = newId('title');
    const values = createValues();
    const context = blockContext({ in: 'view', viewId: view.id }, values);
    const close = () => perform({ do: 'close', viewId: view.id });
    const submit = view.submit && h('button', { class: 'button primary' }, view.submit.text);
    const fields = h('fieldset', {}, drawBlocks(view.blocks, context));
    const form = h(
      'form',
      {
        novalidate: true,
        onsubmit: (event) => {
          event.preventDefault();
          if (view.submit) void send();
        },
        onkeydown: (event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && view.submit) void send();
        },
      },
      h('div', { class: 'view-body' }, fields),
      h(
        'div',
        { class: 'dialog-buttons' },
        h(
          'button',
          { type: 'button', class: 'button', onclick: close },
          view.close?.text ?? (view.submit ? 'Cancel' : 'Close'),
        ),
        submit,
      ),
    );
    const dialog = h(
      'dialog',
      {
        class: 'view',
        'aria-labelledby': titleId,
        oncancel: (event) => {
          event.preventDefault();
          if (!form.hasAttribute('aria-busy')) void close();
        },
      },
      h(
        'div',
        { class: 'view-head' },
        h('h2', { id: titleId, tabindex: '-1' }, view.title.text),
        h(
          'button',
          {
            type: 'button',
            class: 'icon',
            'aria-label': depth > 1 ? 'Back' : 'Close',
            onclick: close,
          },
          depth > 1 ? '‹' : '×',
        ),
      ),
      form,
    );

    async function send() {
      if (form.hasAttribute('aria-busy')) return;
      const wrong = values.inputs().flatMap((input) => {
        const text = complaint(input);
        return text ? [[input.blockId, text]] : [];
      });
      showErrors(dialog, Object.fromEntries(wrong));
      if (wrong.length > 0) return;
      const state = values.state();
      form.setAttribute('aria-busy', 'true');
      fields.disabled = true;
      submit.disabled = true;
      submit.textContent = 'Sending…';
      const done = await perform({ do: 'submit', viewId: view.id, values: state });
      form.removeAttribute('aria-busy');
      fields.disabled = false;
      submit.disabled = false;
      submit.textContent = view.submit.text;
      if (done.errors) showErrors(dialog, done.errors);
      if (done.problem) notify(done.problem);
    }

    return { view, dialog, values };
  }

  return { show, isOpen: () => shown !== undefined };
}

/** Where the focus is: in which message, on what. */
function placeOfFocus() {
  const active = document.activeElement;
  const key = active?.closest('[data-focus]')?.dataset.focus;
  return { key, ts: active?.closest('[data-ts]')?.dataset.ts };
}

/** The place may have been drawn anew; when its control is gone, the message itself has the focus. */
function focusAt({ key, ts }) {
  const message = ts && document.querySelector(`[data-ts="${CSS.escape(ts)}"]`);
  const controls = [...(message || document).querySelectorAll('[data-focus]')];
  const control = controls.find((element) => element.dataset.focus === key);
  (control ?? (message || document.getElementById('main'))).focus();
}

/** Each sentence under its input; the first input that has one gets the focus. */
function showErrors(dialog, errors) {
  let first;
  for (const input of dialog.querySelectorAll('.block-input')) {
    const text = errors[input.dataset.block];
    const line = input.querySelector('.error');
    line.hidden = !text;
    line.textContent = text ?? '';
    const control = input.querySelector('[data-focus]');
    if (text) control?.setAttribute('aria-invalid', 'true');
    else control?.removeAttribute('aria-invalid');
    if (text) first ??= input.querySelector('input, textarea, select') ?? control;
  }
  first?.focus();
}
