/** What the inputs of one message or view hold, in the form of Slack's `state.values`. */

/**
 * `read` and `write` per input, by block id and action id. `state()` leaves nothing out: an empty
 * input holds null, as Slack sends it.
 */
export function createValues() {
  const inputs = [];
  return {
    add(block, element, read, write) {
      inputs.push({
        blockId: block.block_id,
        actionId: element.action_id,
        block,
        element,
        read,
        write,
      });
    },
    inputs: () => inputs,
    state() {
      const values = {};
      for (const { blockId, actionId, element, read } of inputs) {
        (values[blockId] ??= {})[actionId] = { type: element.type, ...read() };
      }
      return values;
    },
    /** Takes over what a person had entered before the view was drawn anew. */
    restore(state) {
      for (const { blockId, actionId, element, write } of inputs) {
        const before = state[blockId]?.[actionId];
        if (before && before.type === element.type) write(before);
      }
    },
  };
}

/** The sentence for an input that Slack would not submit, or undefined. */
export function complaint({ block, element, read }) {
  const held = read();
  const [value] = Object.values(held);
  const empty = value === null || value === undefined || value === '' || value.length === 0;
  if (empty) return block.optional ? undefined : 'Please complete this required field.';
  if (typeof held.value !== 'string') return undefined;
  const text = held.value;
  if (element.min_length && text.length < element.min_length) {
    return `Please use at least ${element.min_length} characters.`;
  }
  if (text.length > (element.max_length ?? 3000)) {
    return `Please use at most ${element.max_length ?? 3000} characters.`;
  }
  if (element.type === 'url_text_input' && !isAddress(text)) {
    return 'Please enter a whole web address, such as https://example.com/post.';
  }
  if (element.type === 'number_input') return numberComplaint(text, element);
  return undefined;
}

function isAddress(text) {
  try {
    return /^https?:$/.test(new URL(text).protocol);
  } catch {
    return false;
  }
}

function numberComplaint(text, element) {
  if (!(element.is_decimal_allowed ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/).test(text)) {
    return element.is_decimal_allowed ? 'Please enter a number.' : 'Please enter a whole number.';
  }
  if (element.min_value !== undefined && Number(text) < Number(element.min_value)) {
    return `Please enter ${element.min_value} or more.`;
  }
  if (element.max_value !== undefined && Number(text) > Number(element.max_value)) {
    return `Please enter ${element.max_value} or less.`;
  }
  return undefined;
}
