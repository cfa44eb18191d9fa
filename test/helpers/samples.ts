import { newUpkeep } from '../../src/core/mention.ts';
import type { Mention, MentionEvent, EventBody } from '../../src/core/mention.ts';
import { NEW_RHYTHM } from '../../src/core/rhythm.ts';
import {
  DEFAULT_SETTINGS,
  type Keyword,
  type PollResult,
  type Settings,
  type SourceRecord,
  type Workspace,
} from '../../src/core/ports.ts';

/** The instant at which made-up things happen. */
export const NOON = new Date('2026-03-02T12:00:00.000Z');

export function minutesAfter(minutes: number, start: Date = NOON): Date {
  return new Date(start.getTime() + minutes * 60_000);
}

let made = 0;

/** Unique in the test process, and later ones sort after earlier ones. */
export function sampleId(prefix = 'id'): string {
  made += 1;
  return `${prefix}${String(made).padStart(8, '0')}`;
}

export function sampleWorkspace(over: Partial<Workspace> = {}): Workspace {
  return { id: 'T1', name: 'Acme Broadband (sample)', botUserId: 'UBOT', createdAt: NOON, ...over };
}

export function sampleSettings(over: Partial<Settings> = {}): Settings {
  return { ...DEFAULT_SETTINGS, channelId: 'C1', ...over };
}

export function sampleKeyword(over: Partial<Keyword> = {}): Keyword {
  return {
    id: sampleId('k'),
    workspaceId: 'T1',
    query: '"acme broadband"',
    channelId: null,
    postThreshold: 0.6,
    digestThreshold: 0.35,
    paused: false,
    createdBy: 'U1',
    createdAt: NOON,
    ...over,
  };
}

export function sampleSource(over: Partial<SourceRecord> = {}): SourceRecord {
  const id = over.id ?? sampleId('s');
  return {
    id,
    workspaceId: 'T1',
    kind: 'feed',
    address: `https://forum.example/${id}.xml`,
    label: 'forum.example, newest posts (sample)',
    intervalSeconds: 300,
    paused: false,
    cursor: null,
    nextPollAt: NOON,
    lastSuccessAt: null,
    failures: 0,
    failure: null,
    failingSince: null,
    gap: null,
    gapAt: null,
    rhythm: NEW_RHYTHM,
    createdBy: 'U1',
    createdAt: NOON,
    ...over,
  };
}

/** `detected`, of a post that is like no other; with an address and an id of its own. */
export function sampleMention(over: Partial<Mention> = {}): Mention {
  const id = over.id ?? sampleId('m');
  return {
    id,
    workspaceId: 'T1',
    keywordId: 'k1',
    sourceId: 's1',
    sourceKind: 'feed',
    externalId: `post-${id}`,
    status: 'detected',
    version: 1,
    url: `https://forum.example/posts/${id}`,
    author: 'sample_user',
    title: `Sample ${id}: third engineer visit cancelled`,
    text: 'Third engineer visit cancelled by Acme Broadband. Still waiting, and nobody answers.',
    followUp: null,
    sensitive: false,
    authorHash: 'hash-of-sample_user',
    language: 'en',
    publishedAt: minutesAfter(-5),
    foundAt: NOON,
    verdict: {
      label: 'negative',
      negativity: 0.9,
      reasons: ['still waiting', 'nobody answers'],
      severity: null,
      question: false,
      judged: true,
    },
    openedAt: null,
    claimedBy: null,
    claimedAt: null,
    answeredBy: null,
    answeredAt: null,
    answerUrl: null,
    verifiedAt: null,
    dismissedReason: null,
    snoozedUntil: null,
    pausedUntil: null,
    escalationLevel: 0,
    channelId: null,
    cardTs: null,
    cardVersion: 0,
    upkeep: newUpkeep(over.foundAt ?? NOON),
    ...over,
  };
}

/** What happened to `mention`, as its present version says. */
export function sampleEvent(
  mention: Mention,
  over: Partial<Omit<MentionEvent, keyof EventBody>> & { body?: EventBody } = {},
): MentionEvent {
  const { body = { type: 'posted' }, ...rest } = over;
  return {
    ...body,
    id: sampleId('e'),
    workspaceId: mention.workspaceId,
    mentionId: mention.id,
    at: NOON,
    actor: 'system',
    version: mention.version,
    logTs: null,
    ...rest,
  };
}

/** A good poll of `source` that brought these mentions. */
export function samplePoll(
  source: Pick<SourceRecord, 'id' | 'workspaceId' | 'cursor'>,
  mentions: Mention[],
  over: Partial<PollResult> = {},
): PollResult {
  return {
    workspaceId: source.workspaceId,
    sourceId: source.id,
    was: source.cursor,
    cursor: sampleId('cursor'),
    at: NOON,
    nextPollAt: minutesAfter(5),
    mentions,
    rhythm: NEW_RHYTHM,
    gap: null,
    movedTo: null,
    ...over,
  };
}
