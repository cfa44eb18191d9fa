/** Dialogs: the browser's own <dialog> keeps the focus inside and answers to Escape. */
import { h, newId } from './dom.js';
import { mrkdwn, plainText } from './mrkdwn.js';

/** Asks as Slack's confirm object says; resolves to whether the person agreed. */
export function confirmFirst(confirm, context) {
  const titleId = newId('title');
  const text =
    confirm.text.type === 'mrkdwn'
      ? mrkdwn(confirm.text.text, context.names)
      : plainText(confirm.text.text);
  return new Promise((resolve) => {
    const answer = (agreed) => {
      dialog.close();
      dialog.remove();
      resolve(agreed);
    };
    const dialog = h(
      'dialog',
      {
        class: 'confirm',
        'aria-labelledby': titleId,
        oncancel: (event) => {
          event.preventDefault();
          answer(false);
        },
      },
      h('h2', { id: titleId }, plainText(confirm.title.text)),
      h('div', { class: 'confirm-text' }, text),
      h(
        'div',
        { class: 'dialog-buttons' },
        h(
          'button',
          { type: 'button', class: 'button', onclick: () => answer(false) },
          confirm.deny.text,
        ),
        h(
          'button',
          {
            type: 'button',
            class: `button ${confirm.style ?? 'primary'}`,
            onclick: () => answer(true),
          },
          confirm.confirm.text,
        ),
      ),
    );
    document.body.append(dialog);
    dialog.showModal();
  });
}
