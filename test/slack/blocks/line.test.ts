import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventBody } from '../../../src/core/mention.ts';
import { lineMessage, pointer, threadLine } from '../../../src/slack/blocks/line.ts';
import { minutesAfter, NOON, sampleEvent, sampleMention } from '../../helpers/samples.ts';

const NAMES: Record<string, string> = { U1SAM: 'Sam', U2KIM: 'Kim', system: 'Earshot' };
const mention = sampleMention();

function line(body: EventBody, actor = 'U1SAM', now = NOON): string {
  const event = sampleEvent(mention, { body, actor });
  return threadLine(event, mention, (id) => NAMES[id] ?? id, now).markup;
}

test('every event is one line that names who did it and pings nobody', () => {
  const lines: [EventBody, string | RegExp][] = [
    [{ type: 'posted' }, 'brought up by Sam'],
    [{ type: 'claimed' }, 'claimed by Sam'],
    [{ type: 'released' }, 'released by Sam, open again'],
    [{ type: 'reopened' }, 'reopened by Sam'],
    [{ type: 'edited' }, 'the author changed the post'],
    [
      { type: 'answered', url: 'https://forum.example/r', note: null },
      'answered in public by Sam: <https://forum.example/r>',
    ],
    [
      { type: 'verified', url: 'https://forum.example/r', minutes: 19 },
      'answer verified at the source, 19 minutes after the post: <https://forum.example/r>',
    ],
    [
      { type: 'verified', url: 'https://forum.example/r', minutes: null, how: 'page' },
      'answer seen as a public page: <https://forum.example/r>',
    ],
    [
      { type: 'answer-gone', url: 'https://forum.example/r' },
      'the answer is no longer at the source: <https://forum.example/r>',
    ],
    [{ type: 'reopened', because: 'not-solved' }, /the author says that it is not solved/u],
    [{ type: 'withdrawn', because: 'objection' }, /the author objects/u],
    [{ type: 'dismissed', reason: 'spam', note: 'a bot' }, 'dismissed by Sam: spam. “a bot”'],
    [
      { type: 'dismissed', reason: 'better-not-answered', because: 'satire', note: null },
      'dismissed by Sam: better not answered (satire or a joke)',
    ],
    [{ type: 'snoozed', until: null }, 'snooze ended by Sam'],
    [{ type: 'withdrawn' }, /gone from its source/u],
    [{ type: 'expired' }, /removed/u],
  ];
  for (const [body, expected] of lines) {
    const said = line(body);
    if (typeof expected === 'string') assert.equal(said, expected);
    else assert.match(said, expected);
    assert.ok(!/<@|<!subteam|<!channel|\n/u.test(said), said);
  }
});

test('a card that nobody asked for says when its post was found', () => {
  assert.match(line({ type: 'posted' }, 'system'), /^found, posted <!date\^/u);
});

test('the one to whom a mention is assigned is pinged, the one who assigns is not', () => {
  assert.equal(line({ type: 'assigned', to: 'U2KIM' }), 'assigned to <@U2KIM> by Sam');
  assert.equal(line({ type: 'assigned', to: 'U1SAM' }), 'claimed by Sam');
});

test('an escalation pings those who are asked, but not the one who escalates', () => {
  const body: EventBody = {
    type: 'escalated',
    level: 1,
    to: ['U1SAM', 'U2KIM', 'S1LEADS'],
    note: 'second outage today',
  };
  assert.equal(
    line(body),
    'escalated by Sam: Sam <@U2KIM> <!subteam^S1LEADS> please have a look. “second outage today”',
  );
});

test('the clock reminds without a ping, then asks by name', () => {
  const step = (to: string[]): EventBody => ({ type: 'escalated', level: 1, to, note: null });
  assert.equal(line(step([]), 'system'), 'reminder: nobody has claimed this yet');
  assert.equal(line(step(['U2KIM']), 'system'), 'still unclaimed: <@U2KIM> please have a look');
});

test('a note cannot ping or link', () => {
  const note = '<!channel> <https://evil.example|bank>';
  const said = line({ type: 'dismissed', reason: 'spam', note });
  assert.ok(said.endsWith('“&lt;!channel&gt; &lt;https://evil.example|bank&gt;”'), said);
});

test('a line that comes late says when it happened', () => {
  assert.match(line({ type: 'claimed' }, 'U1SAM', minutesAfter(3)), /^claimed by Sam \(<!date\^/u);
});

test('the clock asks in one line, with a button to say that one sees it', () => {
  const asked = { type: 'escalated', level: 2, to: ['U2KIM'], note: null } as const;
  const body = { ...asked, to: ['U2KIM'], channels: ['C2OPS'], phase: 'unclaimed' as const };
  assert.equal(
    line(body, 'system'),
    'still unclaimed: <@U2KIM> please have a look (told <#C2OPS>)',
  );
  const event = sampleEvent(mention, { body, actor: 'system' });
  const message = lineMessage(event, mention, (id) => NAMES[id] ?? id, NOON);
  assert.match(JSON.stringify(message.blocks), /I see it/u);
  const reminder = sampleEvent(mention, {
    body: { ...body, to: [], channels: [] },
    actor: 'system',
  });
  const plain = lineMessage(reminder, mention, (id) => id, NOON);
  assert.deepEqual(plain, { text: 'reminder: nobody has claimed this yet' });
});

test('a claim without an answer pings who claimed it, and later those who are asked', () => {
  const claimed = sampleMention({ status: 'claimed', claimedBy: 'U1SAM' });
  const said = (to: string[]) => {
    const body: EventBody = { type: 'escalated', level: 1, to, note: null, phase: 'unanswered' };
    const event = sampleEvent(claimed, { body, actor: 'system' });
    return threadLine(event, claimed, (id) => NAMES[id] ?? id, NOON).markup;
  };
  assert.equal(said(['U1SAM']), '<@U1SAM> claimed this and has not answered yet');
  assert.equal(said(['U2KIM']), 'claimed by Sam, still unanswered: <@U2KIM> please have a look');
  assert.equal(
    line({ type: 'released', because: 'stale', from: 'U1SAM' }, 'system'),
    'claimed by Sam and not answered: released, open again',
  );
});

test('whoever sees it is named, with how long the clock waits', () => {
  const until = minutesAfter(15);
  assert.match(
    line({ type: 'acknowledged', until }),
    /^Sam sees it; the clock waits until <!date/u,
  );
});

test('another channel is told where to look, and nothing of what the author wrote', () => {
  const open = sampleMention({ status: 'open', channelId: 'C1' });
  const { text } = pointer(open, 'https://acme-sample.slack.example/archives/C1/p1');
  assert.equal(
    text,
    'A public complaint in <#C1> is not claimed yet · <https://acme-sample.slack.example/archives/C1/p1|see the card>',
  );
  assert.equal(pointer(open, null).text, 'A public complaint in <#C1> is not claimed yet');
});
