import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ModalView } from '@slack/web-api';
import { answerModal, readAnswer } from '../../../src/slack/blocks/modals/answer.ts';
import { assignModal, readAssign } from '../../../src/slack/blocks/modals/assign.ts';
import { dismissModal, readDismiss } from '../../../src/slack/blocks/modals/dismiss.ts';
import { escalateModal, readEscalate } from '../../../src/slack/blocks/modals/escalate.ts';
import { channelOf, loadingModal, readRef } from '../../../src/slack/blocks/modals/frame.ts';
import { keywordModal, readKeyword } from '../../../src/slack/blocks/modals/keyword.ts';
import { policyModal } from '../../../src/slack/blocks/modals/policy.ts';
import { rotaModal, swapModal } from '../../../src/slack/blocks/modals/rota.ts';
import { readSettings, settingsModal } from '../../../src/slack/blocks/modals/settings.ts';
import { readSnooze, snoozeModal } from '../../../src/slack/blocks/modals/snooze.ts';
import { refuseView } from '../../../src/sandbox/check/blocks.ts';
import { assertWithinLimits, elementsIn } from '../../helpers/blocks.ts';
import { samplePolicy, sampleRota, unclaimed } from '../../helpers/escalation-samples.ts';
import { sampleKeyword, sampleSettings } from '../../helpers/samples.ts';

const REF = { mentionId: 'm1', channelId: 'C1', ts: '1.1' };
const GROUPS = Array.from({ length: 150 }, (_, n) => ({ id: `S${n}`, name: 'g'.repeat(200) }));

const MODALS: Record<string, ModalView> = {
  answer: answerModal(REF),
  assign: assignModal(REF),
  dismiss: dismissModal(REF),
  escalate: escalateModal(REF, [{ index: 1, words: 'Unclaimed for 30 min: ask Kim' }], 1),
  nobody: escalateModal(REF, [], null),
  snooze: snoozeModal(REF),
  keyword: keywordModal(sampleKeyword({ query: 'q'.repeat(3000), channelId: 'C1' }), 'C1'),
  settings: settingsModal(
    sampleSettings({ escalateTo: ['U1', 'S7'] }),
    GROUPS,
    [sampleKeyword()],
    'C1',
  ),
  policy: policyModal(
    samplePolicy({ steps: Array.from({ length: 10 }, (_, n) => unclaimed(n + 1)) }),
    'p1',
    {
      keywords: Array.from({ length: 150 }, (_, n) => ({ id: `k${n}`, query: 'q'.repeat(200) })),
      rotas: [sampleRota({ name: 'r'.repeat(60) })],
      groups: GROUPS,
    },
    'C1',
  ),
  rota: rotaModal(sampleRota(), 'r1', 'C1'),
  swap: swapModal(sampleRota(), { takes: 'U1', turnOf: null }, 'C1'),
  loading: loadingModal('Settings'),
};

test('every modal stays within what Slack takes', () => {
  for (const [name, view] of Object.entries(MODALS)) {
    assertWithinLimits(view.blocks, 100);
    assert.deepEqual(refuseView(view), [], name);
    for (const part of [view.title, view.submit, view.close]) {
      assert.ok((part?.text.length ?? 0) <= 24, name);
    }
    assert.ok((view.private_metadata?.length ?? 0) <= 3000, name);
    for (const menu of elementsIn(view.blocks, 'multi_static_select')) {
      assert.ok((menu['options'] as object[]).length <= 100, name);
    }
    for (const radio of elementsIn(view.blocks, 'radio_buttons')) {
      assert.ok((radio['options'] as object[]).length <= 10, name);
    }
  }
});

test('each input is named by its block and its element alike', () => {
  for (const view of Object.values(MODALS)) {
    for (const block of elementsIn(view.blocks, 'input')) {
      assert.equal((block['element'] as Record<string, unknown>)['action_id'], block['block_id']);
    }
  }
});

test('a modal brings back what it is about, and foreign metadata is nothing', () => {
  assert.deepEqual(readRef(MODALS['answer']?.private_metadata ?? ''), REF);
  assert.equal(readRef('no JSON'), null);
  assert.equal(readRef('null'), null);
  assert.equal(readRef('{"mentionId":7}'), null);
  assert.equal(channelOf('{"channelId":null}'), null);
});

const filled = (id: string, value: object) => ({ [id]: { [id]: value } });

test('an answer needs an address that a browser may open', () => {
  const read = (value: string | null) => readAnswer(filled('url', { value }));
  assert.deepEqual(read(' https://forum.example/1 '), {
    ok: true,
    url: 'https://forum.example/1',
    note: null,
  });
  for (const bad of [null, '', 'forum.example/1', 'javascript:alert(1)', 'ftp://forum.example']) {
    assert.equal(read(bad).ok, false, String(bad));
  }
});

test('a dismissal needs one of our reasons', () => {
  const read = (value: string) => readDismiss(filled('reason', { selected_option: { value } }));
  assert.deepEqual(read('spam'), { ok: true, reason: 'spam', note: null });
  assert.equal(read('made up').ok, false);
  assert.equal(readDismiss({}).ok, false);
});

test('an assignment needs a person, an escalation nothing', () => {
  assert.deepEqual(readAssign(filled('person', { selected_user: 'U1' })), { ok: true, to: 'U1' });
  assert.equal(readAssign({}).ok, false);
  assert.deepEqual(readEscalate(filled('note', { value: '  ' })), { index: null, note: null });
});

test('tomorrow at nine is nine on the clock of the wall, whatever the clocks do that night', () => {
  const until = (now: string, zone: string) => {
    const read = readSnooze(
      filled('until', { selected_option: { value: 'tomorrow' } }),
      new Date(now),
      zone,
    );
    return read.ok ? read.until.toISOString() : 'nothing';
  };
  assert.equal(until('2026-03-02T12:00:00Z', 'UTC'), '2026-03-03T09:00:00.000Z');
  // Clocks go forward in the night to 29 March and back in the night to 25 October.
  assert.equal(until('2026-03-28T12:00:00Z', 'Europe/Berlin'), '2026-03-29T07:00:00.000Z');
  assert.equal(until('2026-10-24T12:00:00Z', 'Europe/Berlin'), '2026-10-25T08:00:00.000Z');
  assert.equal(until('2026-03-29T12:00:00Z', 'Europe/Berlin'), '2026-03-30T07:00:00.000Z');
  assert.equal(until('2026-03-02T23:30:00Z', 'Asia/Tokyo'), '2026-03-04T00:00:00.000Z');
  assert.equal(until('2026-03-02T03:00:00Z', 'America/New_York'), '2026-03-02T14:00:00.000Z');
});

test('until the evening is the next time that it is six where the person is', () => {
  const until = (now: string, zone: string) => {
    const chosen = filled('until', { selected_option: { value: 'evening' } });
    const read = readSnooze(chosen, new Date(now), zone);
    return read.ok ? read.until.toISOString() : 'nothing';
  };
  assert.equal(until('2026-03-02T12:00:00Z', 'UTC'), '2026-03-02T18:00:00.000Z');
  assert.equal(until('2026-03-02T18:00:00Z', 'UTC'), '2026-03-03T18:00:00.000Z');
  assert.equal(until('2026-07-01T12:00:00Z', 'Europe/Berlin'), '2026-07-01T16:00:00.000Z');
  assert.equal(until('2026-03-28T19:00:00Z', 'Europe/Berlin'), '2026-03-29T16:00:00.000Z');
});

test('what is better not answered may say why, and nothing else may', () => {
  const read = (reason: string, because?: string) =>
    readDismiss({
      ...filled('reason', { selected_option: { value: reason } }),
      ...filled('because', { selected_option: because === undefined ? null : { value: because } }),
    });
  const satire = { ok: true, reason: 'better-not-answered', because: 'satire', note: null };
  assert.deepEqual(read('better-not-answered', 'satire'), satire);
  assert.deepEqual(read('spam'), { ok: true, reason: 'spam', note: null });
  const wrong = read('spam', 'satire');
  assert.ok(!wrong.ok);
  assert.deepEqual(Object.keys(wrong.errors), ['because']);
});

test('a snooze of an hour is an hour, and an unknown one is an error', () => {
  const now = new Date('2026-03-02T12:00:00Z');
  const read = (value: string) =>
    readSnooze(filled('until', { selected_option: { value } }), now, 'UTC');
  assert.deepEqual(read('one-hour'), { ok: true, until: new Date('2026-03-02T13:00:00Z') });
  assert.equal(read('toString').ok, false);
});

test('thresholds are chosen, and the digest’s is not above the card’s', () => {
  const read = (post: string, digest: string) =>
    readKeyword({
      ...filled('query', { value: 'acme' }),
      ...filled('post_threshold', { selected_option: { value: post } }),
      ...filled('digest_threshold', { selected_option: { value: digest } }),
    });
  const good = read('0.7', '0.4');
  assert.ok(good.ok && good.edit.postThreshold === 0.7 && good.edit.channelId === null);
  assert.equal(read('1.2', '0.4').ok, false);
  assert.equal(read('half', '0.4').ok, false);
  assert.equal(read('0.3', '0.4').ok, false);
  assert.equal(readKeyword({}).ok, false);
});

test('settings that nobody filled in are errors, not a crash', () => {
  const read = readSettings({});
  assert.ok(!read.ok);
  assert.deepEqual(Object.keys(read.errors), [
    'channel',
    'nudge',
    'ping',
    'time_zone',
    'burst_cards',
    'storm_from',
  ]);
});
