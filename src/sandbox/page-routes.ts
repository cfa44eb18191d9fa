/** The page itself and what its scripts ask for. */
import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Emulator } from './emulator.ts';
import { isObject } from './check/shape.ts';
import type { JsonObject } from './check/shape.ts';
import { readFields, redirect, send, sendJson } from './http.ts';
import type { Done, Interactions } from './interactions.ts';
import type { Person, Place, Pressed } from './payloads.ts';
import type { Records } from './records.ts';
import { PEOPLE, personToken } from './workspace.ts';

const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};
const PICTURES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

/** Beside this file, or, when compiled to dist/ without the assets, in the sources. */
const ASSETS = [
  new URL('./page/', import.meta.url),
  new URL('../../../src/sandbox/page/', import.meta.url),
].find((folder) => existsSync(new URL('index.html', folder)));

interface Parts {
  records: Records;
  emulator: Emulator;
  interactions: Interactions;
}

/** Answers the page's requests; `false`: the path is not the page's. */
export function createPageRoutes(parts: Parts) {
  const { records, emulator, interactions } = parts;

  async function serve(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
  ): Promise<boolean> {
    const { pathname } = url;
    if (request.method === 'POST' && pathname === '/page/do') {
      await perform(request, response, url);
      return true;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return false;
    const as = url.searchParams.get('as');
    if (pathname === '/' && as !== null && !PEOPLE.some(({ id }) => id === as)) {
      redirect(response, '/');
      return true;
    }
    const permalink = /^\/archives\/(\w+)\/p(\d{10})(\d{6})$/.exec(pathname);
    if (permalink) {
      redirect(response, `/?channel=${permalink[1]}&message=${permalink[2]}.${permalink[3]}`);
      return true;
    }
    const file = /^\/page\/files\/(\w+)$/.exec(pathname)?.[1];
    if (file) return sendFile(response, file);
    const asset =
      pathname === '/' ? 'index.html' : /^\/page\/([\w-]+\.(?:css|js|svg))$/.exec(pathname)?.[1];
    return asset !== undefined && sendAsset(response, asset);
  }

  async function sendAsset(response: ServerResponse, name: string): Promise<boolean> {
    if (!ASSETS) throw new Error('The folder src/sandbox/page is missing from this installation.');
    try {
      const bytes = await readFile(new URL(name, ASSETS));
      send(response, 200, TYPES[name.split('.').at(-1)!]!, bytes);
      return true;
    } catch {
      return false;
    }
  }

  /** A picture or document that the app uploaded; only pictures are shown by the browser. */
  function sendFile(response: ServerResponse, id: string): boolean {
    const row = records.collection('slack.files').findOneBy('file_id', id);
    if (!row || row['deleted'] === true) return false;
    const picture = PICTURES.includes(row['mimetype'] as string);
    const bytes = Buffer.from(String(row['content_base64'] ?? ''), 'base64');
    const type = picture ? (row['mimetype'] as string) : 'application/octet-stream';
    const name = encodeURIComponent(String(row['name']));
    send(response, 200, type, bytes, {
      'content-disposition': `${picture ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`,
    });
    return true;
  }

  async function perform(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
  ): Promise<void> {
    if (!request.headers['content-type']?.includes('application/json')) {
      return sendJson(response, { ok: false, problem: 'Send JSON.' }, 415);
    }
    const order = await readFields(request, url);
    const userId = String(order['as']);
    if (!PEOPLE.some(({ id }) => id === userId)) {
      return sendJson(response, { ok: false, problem: 'Nobody has that id here.' }, 400);
    }
    sendJson(response, await obey({ userId, tab: String(order['tab']) }, order));
  }

  async function obey(who: Person, order: JsonObject): Promise<Done> {
    const text = (name: string): string => String(order[name] ?? '');
    switch (order['do']) {
      case 'say':
        return say(who, {
          channel: text('channel'),
          text: text('text'),
          ...(order['thread_ts'] ? { thread_ts: text('thread_ts') } : {}),
        });
      case 'command':
        return interactions.command(who, text('channel'), text('command'), text('text'));
      case 'action':
        return interactions.action(who, order['place'] as Place, pressedOf(order));
      case 'submit':
        return interactions.submit(who, text('viewId'), objectOf(order['values']));
      case 'close':
        return interactions.closeView(who, text('viewId'));
      case 'shortcut':
        return interactions.messageShortcut(who, text('callbackId'), text('channel'), text('ts'));
      case 'home':
        return interactions.openHome(who);
      case 'join':
        return viaApi(who, 'conversations.join', { channel: text('channel') });
      case 'dismiss':
        return dismiss(who, text('ts'));
      default:
        return { ok: false, problem: 'The page asked for something unknown.' };
    }
  }

  async function say(who: Person, message: JsonObject): Promise<Done> {
    const channel = records
      .collection('slack.channels')
      .findOneBy('channel_id', message['channel']);
    if (!(channel?.['members'] as string[] | undefined)?.includes(who.userId)) {
      return { ok: false, problem: 'Join the channel to write there.' };
    }
    return viaApi(who, 'chat.postMessage', message);
  }

  async function viaApi(who: Person, method: string, body: JsonObject): Promise<Done> {
    const reply = await emulator.call(method, personToken(who.userId), body);
    return reply?.ok ? { ok: true } : { ok: false, problem: `Slack says: ${reply?.error}` };
  }

  function dismiss(who: Person, ts: string): Done {
    const table = records.collection('slack.ephemeral_messages');
    const row = table.findBy('ts', ts).find((entry) => entry['target_user'] === who.userId);
    if (row) table.delete(row.id);
    return { ok: true };
  }

  return serve;
}

function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

function pressedOf(order: JsonObject): Pressed {
  return {
    blockId: String(order['blockId']),
    actionId: String(order['actionId']),
    input: objectOf(order['input']),
    values: objectOf(order['values']),
  };
}
