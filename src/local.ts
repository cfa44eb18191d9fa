import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from './config.ts';
import type { Log, Stores } from './core/ports.ts';
import { addKeyword, type KeywordDeps } from './flows/set-up/keywords.ts';
import { addSource, type SourceDeps } from './flows/set-up/sources.ts';
import { startSandbox, type Sandbox } from './sandbox/sandbox.ts';
import type { SlackOptions } from './slack/app.ts';
import { seenPages, servePages, type Seen } from './web.ts';

/** The local workspace, as the rest of the house sees it: a Slack, and some sources to hear. */
export interface Local extends Pick<
  Sandbox,
  'url' | 'apiUrl' | 'botToken' | 'appToken' | 'channelId'
> {
  /** `host:port` of the sample sources, which are on this machine. */
  ownHosts: string[];
  /** The visitor watches, so the samples are looked at often. */
  pollCron: string;
  paces: NonNullable<SlackOptions['paces']>;
  /** At the first start: the keyword and the sample sources that the visitor will see at work. */
  seed(flows: KeywordDeps & SourceDeps & { stores: Stores }, workspaceId: string): Promise<void>;
  close(): Promise<void>;
}

const OFTEN = '*/2 * * * * *';
const SAMPLE_QUERY = '"acme broadband" -jobs';
/** Who answers at the sample places. */
const SAMPLE_BRAND = 'feed:acme_broadband_care';
/** No real Slack is at the other end, so nobody has to wait for its pace. */
const QUICK = { post: { calls: 20, perMs: 1000 }, update: { calls: 50, perMs: 1000 } };

/** Opens the local workspace; what happened in it is kept in `folder`. */
export async function openLocal(
  config: Config,
  folder: string,
  seen: Seen,
  log: Log,
): Promise<Local> {
  const manifest = new URL('slack/manifest.json', import.meta.url);
  const sandbox = await startSandbox({
    port: config.port,
    portIsFixed: config.portIsChosen,
    manifest: JSON.parse(await readFile(manifest, 'utf8')),
    dataFile: join(folder, 'workspace.json'),
    alsoServe: servePages(seenPages(seen)),
    onError: (error) => log.error({ err: error }, 'the local workspace broke'),
  });
  const { url, apiUrl, botToken, appToken, channelId, samples } = sandbox;
  return {
    ...{ url, apiUrl, botToken, appToken, channelId, close: sandbox.close },
    ownHosts: [new URL(url).host],
    pollCron: config.pollCronIsChosen ? config.pollCron : OFTEN,
    paces: QUICK,
    async seed(flows, workspaceId) {
      const { stores } = flows;
      const isFirst =
        (await stores.keywords.list(workspaceId)).length === 0 &&
        (await stores.sources.list(workspaceId)).length === 0;
      if (!isFirst) return;
      await stores.workspaces.changeSettings(workspaceId, { brandAccounts: [SAMPLE_BRAND] });
      const by = { workspaceId, actor: 'system' };
      await addKeyword(flows, { ...by, query: SAMPLE_QUERY, channelId: null });
      for (const { url: input } of samples) {
        const added = await addSource(flows, { ...by, input, sure: true });
        if (!added.ok) log.error({ input }, 'a sample source could not be added');
      }
    },
  };
}
