/** The local workspace: what `npm start` opens when no Slack token is set. */
import type { Clock } from '../core/ports.ts';
import { openEmulator } from './emulator.ts';
import type { Emulator } from './emulator.ts';
import { listen, serveGateway } from './gateway.ts';
import type { Route } from './gateway.ts';
import { createInteractions } from './interactions.ts';
import { createMessages } from './messages.ts';
import { createModals } from './modals.ts';
import type { Modals } from './modals.ts';
import { createPageHub } from './page-hub.ts';
import { createPageRoutes } from './page-routes.ts';
import { keepIn, readSaved } from './persistence.ts';
import { createRecords } from './records.ts';
import type { Row } from './records.ts';
import { createResponseUrls } from './response-urls.ts';
import { createBoard } from './samples/board.ts';
import type { BoardState } from './samples/board.ts';
import { BRAND_HANDLE } from './samples/pages.ts';
import { PLACES } from './samples/posts.ts';
import type { PlaceId } from './samples/posts.ts';
import { createSampleRoutes } from './samples/routes.ts';
import { createSocketHub } from './socket.ts';
import { createWebApi } from './web-api.ts';
import { APP, CHANNELS, drawTokens, seedWorkspace, TEAM } from './workspace.ts';
import type { Manifest, Tokens } from './workspace.ts';

export interface SandboxOptions {
  /** 0: any free port. */
  port: number;
  /** The person asked for exactly this port: when it is taken, say so instead of taking another. */
  portIsFixed?: boolean;
  manifest: Manifest;
  /** Where the workspace is kept over restarts; absent: in memory. */
  dataFile?: string;
  clock?: Clock;
  /** How long the app has to acknowledge; Slack gives it 3000 ms. */
  ackTimeoutMs?: number;
  /** Paths that the caller serves on the same port, such as /healthz. */
  alsoServe?: Route;
  /** Hears of failures that nobody else can report; default: stderr. */
  onError?: (error: unknown) => void;
}

export interface Sandbox {
  /** The page: `http://127.0.0.1:3000`. */
  url: string;
  /** For Bolt's `clientOptions.slackApiUrl`. */
  apiUrl: string;
  port: number;
  botToken: string;
  appToken: string;
  teamId: string;
  /** `#support-mentions`. */
  channelId: string;
  /** `127.0.0.1:3000`, for EARSHOT_PRIVATE_HOSTS: the sample feeds are on this address. */
  host: string;
  /** The sample places and their feeds. */
  samples: readonly { id: PlaceId; title: string; url: string }[];
  /** The handle that speaks for the brand at the sample places. */
  brandHandle: string;
  close(): Promise<void>;
}

interface Saved {
  version: 1;
  port: number;
  tokens: Tokens;
  slack: Record<string, Row[]>;
  board: BoardState;
}

/** What outlives a restart. Open modals, triggers and what only one person saw do not. */
const KEPT = ['channels', 'messages', 'files', 'views', 'pins', 'bookmarks'].map(
  (name) => `slack.${name}`,
);

export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const now = options.clock ?? (() => new Date());
  const onError = options.onError ?? ((error) => console.error(error));
  const saved = options.dataFile ? await readSaved<Saved>(options.dataFile) : undefined;
  const { server, port } = await findPort(options, saved?.port);
  const url = `http://127.0.0.1:${port}`;
  const tokens = saved?.tokens ?? drawTokens();

  const records = createRecords(now);
  if (saved) records.restore(saved.slack);
  seedWorkspace(records, options.manifest, tokens);
  const keeper = options.dataFile
    ? keepIn(
        options.dataFile,
        () => ({ version: 1, port, tokens, slack: kept(), board: board.state() }),
        onError,
      )
    : undefined;
  function kept(): Record<string, Row[]> {
    const slack = records.snapshot(KEPT);
    return { ...slack, 'slack.views': slack['slack.views']!.filter((v) => v['type'] === 'home') };
  }
  const board = createBoard(now, saved?.board, () => keeper?.touch());
  records.onChange((table) => {
    if (KEPT.includes(table)) keeper?.touch();
  });
  keeper?.touch();

  const emulator: Emulator = await openEmulator(records, url, () => {});
  const messages = createMessages(records, now);
  const hub = createSocketHub(APP.id, options.ackTimeoutMs ?? 3000);
  const pages = createPageHub({
    records,
    messages,
    modals: (): Modals => modals,
    manifest: options.manifest,
    connected: hub.connected,
    places: PLACES.map(({ id, title }) => ({ title, url: `${url}/samples/${id}` })),
  });
  const modals = createModals(records, pages.showModals);
  hub.onConnection(pages.showApp);
  const responses = createResponseUrls(url, now);
  const socketBase = `ws://127.0.0.1:${port}`;
  const api = createWebApi({ records, emulator, hub, modals, tokens, socketBase });
  const interactions = createInteractions({
    records,
    emulator,
    hub,
    modals,
    messages,
    responses,
    manifest: options.manifest,
    tokens,
  });
  const routes: Route[] = [
    createPageRoutes({ records, emulator, interactions }),
    createSampleRoutes(board, url),
  ];
  if (options.alsoServe) routes.push(options.alsoServe);
  serveGateway(server, port, { api, emulator, hub, pages, messages, responses, routes }, onError);

  async function close(): Promise<void> {
    pages.close();
    hub.close();
    const stopped = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await stopped;
    await emulator.close();
    await keeper?.flush();
  }

  return {
    url,
    apiUrl: `${url}/api/`,
    port,
    botToken: tokens.bot,
    appToken: tokens.app,
    teamId: TEAM.id,
    channelId: CHANNELS.support,
    host: `127.0.0.1:${port}`,
    samples: PLACES.map(({ id, title, feed }) => ({ id, title, url: url + feed })),
    brandHandle: BRAND_HANDLE,
    close,
  };
}

/** The wanted port, or, unless it is fixed, the port of last time or one of the next twenty. */
async function findPort(options: SandboxOptions, lastPort: number | undefined) {
  if (options.port === 0) return listen(0);
  const next = Array.from({ length: 20 }, (_, index) => options.port + index);
  const wanted = options.portIsFixed
    ? [options.port]
    : [...new Set([lastPort ?? options.port, ...next])];
  for (const port of wanted) {
    try {
      return await listen(port);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
  throw new Error(
    options.portIsFixed
      ? `Port ${options.port} is taken. Stop what runs there, or set PORT to another.`
      : `Ports ${options.port} to ${options.port + 19} are taken. Set PORT to a free one.`,
  );
}
