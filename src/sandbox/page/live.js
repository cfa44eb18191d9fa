/** The connection to the workspace: what changes comes by WebSocket, what one does goes by POST. */

export const tab = crypto.randomUUID();

/** Connects as a person; reconnects until `close()`. */
export function connect(as, { onMessage, onStatus }) {
  let socket;
  let timer;
  let closed = false;
  let pause = 300;

  function open() {
    const address = new URL(`/page/live?as=${encodeURIComponent(as)}&tab=${tab}`, location.href);
    address.protocol = 'ws:';
    socket = new WebSocket(address);
    socket.onopen = () => {
      pause = 300;
      onStatus(true);
    };
    socket.onmessage = (event) => onMessage(JSON.parse(event.data));
    socket.onclose = () => {
      if (closed) return;
      onStatus(false);
      timer = setTimeout(open, pause);
      pause = Math.min(pause * 1.5, 3000);
    };
  }
  open();

  return {
    close() {
      closed = true;
      clearTimeout(timer);
      socket.close();
    },
  };
}

/** Does something as a person; never throws. */
export async function perform(as, order) {
  try {
    const response = await fetch('/page/do', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ as, tab, ...order }),
    });
    return await response.json();
  } catch {
    return { ok: false, problem: 'The workspace does not answer. Is Earshot still running?' };
  }
}
