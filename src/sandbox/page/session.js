/** What the parts of the page share: where this tab is, and as whom. */
const address = new URL(location.href);

export const session = {
  as: address.searchParams.get('as') ?? sessionStorage.getItem('as') ?? 'U0SAM00001',
  /** `{ channel }` or `{ home: true }`; unset until the workspace is known. */
  at: address.searchParams.has('channel')
    ? { channel: address.searchParams.get('channel') }
    : undefined,
  /** The `ts` of the message whose thread is open. */
  thread: undefined,
  /** The message that a permalink asked for. */
  wanted: address.searchParams.get('message') ?? undefined,
  /** See state.js. */
  workspace: undefined,
  /** New messages by channel. */
  unread: new Map(),
  /** Text that is not sent yet, by composer. */
  drafts: new Map(),
};
