import type { Stores } from '../../core/ports.ts';

/** Where the card of a mention goes: its keyword's channel, or that of the settings; null: nowhere yet. */
export type ChannelOf = (mention: { keywordId: string }) => string | null;

export async function readChannels(
  stores: Pick<Stores, 'keywords' | 'workspaces'>,
  workspaceId: string,
): Promise<ChannelOf> {
  const [keywords, settings] = await Promise.all([
    stores.keywords.list(workspaceId),
    stores.workspaces.settings(workspaceId),
  ]);
  const own = new Map(keywords.map(({ id, channelId }) => [id, channelId]));
  return ({ keywordId }) => own.get(keywordId) ?? settings.channelId;
}
