import type { WebClient } from '@slack/web-api';
import type { Mention } from '../../core/mention.ts';
import type { Log, Stores, Workspace } from '../../core/ports.ts';
import type { ActDeps } from '../../flows/act/act.ts';
import type { DigestDeps } from '../../flows/tell/digest.ts';
import type { ForgetDeps } from '../../flows/forget/forget.ts';
import type { ReportDeps } from '../../flows/report/report.ts';
import type { ConsiderDeps } from '../../flows/set-up/consider.ts';
import type { KeywordDeps } from '../../flows/set-up/keywords.ts';
import type { LearnDeps } from '../../flows/hear/learn.ts';
import type { StormDeps } from '../../flows/tell/storm.ts';
import type { ReplyDeps } from '../../flows/answer/replies.ts';
import type { SourceDeps } from '../../flows/set-up/sources.ts';
import type { TreatDeps } from '../../flows/hear/treat.ts';
import type { VerifyDeps } from '../../flows/answer/verify.ts';
import type { WritingDeps } from '../../flows/act/writing.ts';
import type { Access } from '../access.ts';
import type { HomeState } from '../blocks/home-state.ts';
import type { Capabilities } from '../capabilities.ts';
import type { People } from '../people.ts';

/** All that the flows behind the listeners need. */
export type Flows = ActDeps &
  DigestDeps &
  StormDeps &
  ReplyDeps &
  WritingDeps &
  KeywordDeps &
  ConsiderDeps &
  LearnDeps &
  SourceDeps &
  ReportDeps &
  ForgetDeps &
  TreatDeps &
  VerifyDeps & { stores: Stores };

/** What every listener gets. */
export interface Listening {
  flows: Flows;
  workspace: Workspace;
  /** The workspace's own address, for links to cards; null where Slack does not say. */
  teamUrl: string | null;
  client: WebClient;
  people: People;
  access: Access;
  capabilities: Capabilities;
  /** Whose Home tab is worth keeping up to date, and where they are on it. */
  homes: Map<string, HomeState>;
  log: Log;
}

/** By the workspace that a payload comes from. Throws where Earshot is not installed. */
export type ListeningOf = (workspaceId: string | undefined) => Promise<Listening>;

/** The address of a mention's card, for people; null without one. */
export function cardUrl(
  { teamUrl }: Pick<Listening, 'teamUrl'>,
  { channelId, cardTs }: Mention,
): string | null {
  if (teamUrl === null || channelId === null || cardTs === null) return null;
  if (!URL.canParse(teamUrl)) return null;
  return new URL(`/archives/${channelId}/p${cardTs.replace('.', '')}`, teamUrl).href;
}
