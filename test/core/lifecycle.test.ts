import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { ALLOWED, decide, type Command, type CommandType } from '../../src/core/lifecycle.ts';
import { newUpkeep, STATUSES, type Mention, type Status } from '../../src/core/mention.ts';

const NOW = new Date('2026-11-24T12:00:00Z');
const SAM = 'U0SAM';
const ROBIN = 'U0ROBIN';

/** One command of each kind, by Sam. */
const COMMANDS: Readonly<Record<CommandType, Command>> = {
  post: { type: 'post', actor: 'system', channelId: 'C1' },
  claim: { type: 'claim', actor: SAM },
  assign: { type: 'assign', actor: SAM, to: 'U0KIM' },
  release: { type: 'release', actor: SAM },
  answer: { type: 'answer', actor: SAM, url: 'https://forum.example/t/1#2', note: null },
  verify: {
    type: 'verify',
    actor: 'system',
    url: 'https://forum.example/t/1#2',
    publishedAt: NOW,
  },
  'miss-answer': { type: 'miss-answer', actor: 'system' },
  dismiss: { type: 'dismiss', actor: SAM, reason: 'spam', note: null },
  reopen: { type: 'reopen', actor: SAM },
  snooze: { type: 'snooze', actor: SAM, until: new Date('2026-11-24T13:00:00Z') },
  escalate: { type: 'escalate', actor: SAM, to: ['S1'], note: 'please' },
  acknowledge: { type: 'acknowledge', actor: SAM, until: new Date('2026-11-24T12:15:00Z') },
  edit: { type: 'edit', actor: 'system', title: null, text: 'changed by its author' },
  withdraw: { type: 'withdraw', actor: 'system' },
  expire: { type: 'expire', actor: 'system' },
};

/** Where each allowed command leads; null: the status stays. */
const LEADS_TO: Readonly<Record<CommandType, Status | null>> = {
  post: 'open',
  claim: 'claimed',
  assign: 'claimed',
  release: 'open',
  answer: 'answered',
  verify: 'answered',
  'miss-answer': null,
  dismiss: 'dismissed',
  reopen: 'open',
  snooze: null,
  escalate: null,
  acknowledge: null,
  edit: null,
  withdraw: 'withdrawn',
  expire: 'expired',
};

function mention(status: Status): Mention {
  const isClaimed = status === 'claimed' || status === 'answered';
  return {
    id: 'm1',
    workspaceId: 'T1',
    keywordId: 'k1',
    sourceId: 's1',
    sourceKind: 'feed',
    externalId: 'e1',
    status,
    version: 7,
    url: 'https://forum.example/t/1',
    author: 'sample_user',
    title: 'Sample',
    text: 'Acme Broadband is down again.',
    followUp: null,
    sensitive: false,
    authorHash: 'h',
    language: 'en',
    publishedAt: new Date('2026-11-24T11:30:00Z'),
    foundAt: new Date('2026-11-24T11:31:00Z'),
    verdict: {
      label: 'negative',
      negativity: 0.9,
      reasons: ['down again'],
      severity: 'outage',
      question: false,
      judged: true,
    },
    openedAt: new Date('2026-11-24T11:32:00Z'),
    claimedBy: isClaimed ? ROBIN : null,
    claimedAt: isClaimed ? new Date('2026-11-24T11:40:00Z') : null,
    answeredBy: status === 'answered' ? ROBIN : null,
    answeredAt: status === 'answered' ? new Date('2026-11-24T11:50:00Z') : null,
    answerUrl: status === 'answered' ? 'https://forum.example/t/1#9' : null,
    verifiedAt: status === 'answered' ? new Date('2026-11-24T11:55:00Z') : null,
    dismissedReason: status === 'dismissed' ? 'not-about-us' : null,
    snoozedUntil: null,
    pausedUntil: null,
    escalationLevel: 1,
    channelId: 'C1',
    cardTs: '1.1',
    cardVersion: 7,
    upkeep: newUpkeep(new Date('2026-11-24T11:31:00Z')),
  };
}

describe('every status and every command', () => {
  for (const status of STATUSES) {
    for (const [type, command] of Object.entries(COMMANDS) as [CommandType, Command][]) {
      const allowed = ALLOWED[type].includes(status);
      test(`${type} on ${status} is ${allowed ? 'done' : 'refused'}`, () => {
        const before = mention(status);
        const decision = decide(before, command, NOW);
        assert.equal(decision.ok, allowed);
        if (!decision.ok) return;
        assert.equal(decision.next.status, LEADS_TO[type] ?? status);
        assert.equal(decision.next.version, 8);
        assert.equal(decision.events.length, 1);
        assert.equal(decision.events[0]?.actor, command.actor);
        assert.equal(decision.events[0]?.at, NOW);
        assert.deepEqual(before, mention(status), 'the mention itself is left alone');
      });
    }
  }
});

test('a claim that comes second learns who was first', () => {
  const decision = decide(mention('claimed'), COMMANDS.claim, NOW);
  assert.deepEqual(decision, { ok: false, refused: 'already-there', by: ROBIN });
});

test('a claim on an answered mention learns who answered', () => {
  const decision = decide(mention('answered'), COMMANDS.claim, NOW);
  assert.deepEqual(decision, { ok: false, refused: 'not-allowed', by: ROBIN });
});

test('an answer from open claims too', () => {
  const decision = decide(mention('open'), COMMANDS.answer, NOW);
  assert.ok(decision.ok);
  assert.equal(decision.next.claimedBy, SAM);
  assert.equal(decision.next.answeredBy, SAM);
});

test('reopening clears who did what and starts the clocks again', () => {
  const decision = decide(mention('answered'), COMMANDS.reopen, NOW);
  assert.ok(decision.ok);
  const { next } = decision;
  assert.deepEqual(
    [next.claimedBy, next.answeredBy, next.answerUrl, next.escalationLevel, next.openedAt],
    [null, null, null, 0, NOW],
  );
});

test('an escalation to a level that is reached already happens once', () => {
  const command: Command = { type: 'escalate', actor: 'system', to: [], note: null, level: 1 };
  const decision = decide(mention('open'), command, NOW);
  assert.deepEqual(decision, { ok: false, refused: 'already-there', by: null });
});

test('a person may ask again for a step that is done, and the clock goes on from where it was', () => {
  const again: Command = { type: 'escalate', actor: SAM, to: ['S1'], note: null, level: 1 };
  const decision = decide({ ...mention('open'), escalationLevel: 3 }, again, NOW);
  assert.ok(decision.ok);
  assert.equal(decision.next.escalationLevel, 3);
  assert.deepEqual(decision.events[0], {
    ...{ type: 'escalated', level: 1, to: ['S1'], note: null, at: NOW, actor: SAM },
  });
});

test('a step of the clock does not follow a claim that was faster', () => {
  const step: Command = {
    ...{ type: 'escalate', actor: 'system', to: ['S1'], note: null, level: 2 },
    phase: 'unclaimed',
  };
  const decision = decide(mention('claimed'), step, NOW);
  assert.deepEqual(decision, { ok: false, refused: 'not-allowed', by: ROBIN });
});

test('claiming starts a clock of its own', () => {
  const paused = { ...mention('open'), pausedUntil: NOW, escalationLevel: 2 };
  const decision = decide(paused, COMMANDS.claim, NOW);
  assert.ok(decision.ok);
  assert.deepEqual([decision.next.escalationLevel, decision.next.pausedUntil], [0, null]);
});

test('a claim that the clock takes back names whose it was', () => {
  const release: Command = { type: 'release', actor: 'system', because: 'stale' };
  const decision = decide(mention('claimed'), release, NOW);
  assert.ok(decision.ok);
  assert.deepEqual(decision.events, [
    { type: 'released', because: 'stale', from: ROBIN, at: NOW, actor: 'system' },
  ]);
});

test('the clock pauses for the first who sees it, and the next one is told that it does', () => {
  const first = decide(mention('open'), COMMANDS.acknowledge, NOW);
  assert.ok(first.ok);
  assert.equal(decide(first.next, COMMANDS.acknowledge, NOW).ok, false);
});

for (const type of ['withdraw', 'expire'] as const) {
  test(`${type} leaves nothing that the author wrote or was called, and keeps the figures`, () => {
    const decision = decide(mention('answered'), COMMANDS[type], NOW);
    assert.ok(decision.ok);
    const { next } = decision;
    assert.deepEqual([next.text, next.title, next.author, next.url], [null, null, null, null]);
    assert.deepEqual(next.verdict.reasons, []);
    assert.equal(next.verdict.negativity, 0.9);
    assert.equal(next.answeredBy, ROBIN);
  });
}

test('no sequence of commands reaches a state outside the table, or loses an event', () => {
  const command = fc.constantFrom(...(Object.values(COMMANDS) as Command[]));
  const actor = fc.constantFrom(SAM, ROBIN);
  const steps = fc.array(fc.tuple(command, actor), { maxLength: 40 });
  fc.assert(
    fc.property(fc.constantFrom('detected' as const, 'quiet' as const), steps, (start, list) => {
      let now = mention(start);
      let events = 0;
      list.forEach(([one, by], index) => {
        const at = new Date(NOW.getTime() + index * 60_000);
        const by_ = one.actor === 'system' ? 'system' : by;
        const decision = decide(now, { ...one, actor: by_ } as Command, at);
        if (!decision.ok) return;
        assert.ok(ALLOWED[one.type].includes(now.status));
        assert.equal(decision.next.version, now.version + 1);
        events += decision.events.length;
        now = decision.next;
        assertSound(now);
      });
      assert.equal(now.version, 7 + events, 'one event a change');
    }),
  );
});

/** What must hold of any mention, whatever brought it there. */
function assertSound(mention: Mention): void {
  assert.ok(STATUSES.includes(mention.status));
  if (mention.status === 'claimed') assert.ok(mention.claimedBy && mention.claimedAt);
  if (mention.status === 'open') assert.equal(mention.claimedBy, null);
  if (mention.status === 'answered') assert.ok(mention.answeredBy && mention.answerUrl);
  if (mention.status === 'dismissed') assert.ok(mention.dismissedReason);
  if (mention.status === 'withdrawn' || mention.status === 'expired') {
    assert.deepEqual([mention.text, mention.author, mention.url], [null, null, null]);
  }
}
