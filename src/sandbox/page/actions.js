/** What one does on the page, and what blocks need to know to be drawn. */
import { perform as post } from './live.js';
import { notify } from './notices.js';
import { session } from './session.js';

/** Does something as the person of this tab, and says so where it failed. */
export async function perform(order) {
  const done = await post(session.as, order);
  // A modal says itself what became of it.
  if (!done.ok && done.problem && order.do !== 'submit') notify(done.problem);
  return done;
}

/** `place`: the message or view that holds the blocks; `values`: see values.js. */
export function blockContext(place, values, channel) {
  const { workspace } = session;
  return {
    names: workspace.names,
    people: workspace.people,
    channels: workspace.channelList(),
    channel,
    values,
    async press(block, element, input) {
      const [blockId, actionId] = [block.block_id, element.action_id];
      const controls = controlsOf(place, `${blockId}/${actionId}`);
      controls.forEach((control) => control.setAttribute('aria-busy', 'true'));
      await perform({ do: 'action', place, blockId, actionId, input, values: values.state() });
      controls.forEach((control) => control.removeAttribute('aria-busy'));
    },
  };
}

/** The same card may be drawn twice: in the channel and in its thread. */
function controlsOf(place, key) {
  const holders = place.ts
    ? document.querySelectorAll(`[data-ts="${CSS.escape(place.ts)}"]`)
    : document.querySelectorAll('dialog, .home');
  return [...holders]
    .flatMap((holder) => [...holder.querySelectorAll('[data-focus]')])
    .filter((control) => control.dataset.focus === key);
}

/** Sends what was typed: `target` is `{ channel }` or `{ channel, thread_ts }`. */
export async function say(target, text) {
  // What a person types is text; Slack wants these three escaped.
  const signs = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
  const escaped = text.replace(/[&<>]/g, (sign) => signs[sign]);
  return (await perform({ do: 'say', ...target, text: escaped })).ok;
}

export async function runCommand(channel, text) {
  const [command] = text.split(/\s/);
  const rest = text.slice(command.length).trim();
  return (await perform({ do: 'command', channel, command, text: rest })).ok;
}
