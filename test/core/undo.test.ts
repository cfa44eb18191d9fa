import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decide, type Command } from '../../src/core/lifecycle.ts';
import type { Mention, MentionEvent, NewEvent } from '../../src/core/mention.ts';
import { undoing } from '../../src/core/undo.ts';
import { minutesAfter, sampleEvent, sampleMention } from '../helpers/samples.ts';

const SPAM = { type: 'dismiss', reason: 'spam', note: null } as const;
const POST: Command = { type: 'post', actor: 'system', channelId: 'C1' };

/** Carries out what may be carried out, a minute apart. */
function live(...commands: Command[]): { mention: Mention; events: MentionEvent[] } {
  let mention = sampleMention();
  const events: MentionEvent[] = [];
  for (const [minute, command] of [POST, ...commands].entries()) {
    const decision = decide(mention, command, minutesAfter(minute));
    if (!decision.ok) continue;
    mention = decision.next;
    events.push(eventOf(mention, decision.events[0]!));
  }
  return { mention, events };
}

function eventOf(mention: Mention, body: NewEvent): MentionEvent {
  return sampleEvent(mention, { body, actor: body.actor, at: body.at });
}

const places = ({ status, claimedBy }: Mention) => ({ status, claimedBy });

test('a claim is taken back by a release, and an assignment by giving it back', () => {
  const claimed = live({ type: 'claim', actor: 'U1' });
  assert.deepEqual(undoing(claimed.events, 3, 'U1'), [{ type: 'release', actor: 'U1' }]);
  const assigned = live({ type: 'claim', actor: 'U1' }, { type: 'assign', actor: 'U2', to: 'U3' });
  assert.deepEqual(undoing(assigned.events, 4, 'U2'), [{ type: 'assign', actor: 'U2', to: 'U1' }]);
});

test('an answer and a ping cannot be taken back', () => {
  const answer = { type: 'answer', actor: 'U1', url: 'https://a.example', note: null } as const;
  assert.deepEqual(undoing(live(answer).events, 3, 'U1'), []);
  const ping: Command = { type: 'escalate', actor: 'U1', to: ['U2'], note: null };
  assert.deepEqual(undoing(live(ping).events, 3, 'U1'), []);
  assert.deepEqual(undoing(live(ping).events, 99, 'U1'), []);
});

test('the end of a snooze is the one that was set before', () => {
  const until = minutesAfter(60);
  const first = live({ type: 'snooze', actor: 'U1', until });
  assert.deepEqual(undoing(first.events, 3, 'U1'), [{ type: 'snooze', actor: 'U1', until: null }]);
  const longer = { type: 'snooze', actor: 'U2', until: minutesAfter(90) } as const;
  const second = live({ type: 'snooze', actor: 'U1', until }, longer);
  assert.deepEqual(undoing(second.events, 4, 'U2'), [{ type: 'snooze', actor: 'U2', until }]);
});

test('whatever happened before, taking back a claim, an assignment or a dismissal leads there', () => {
  const person = fc.constantFrom('U1', 'U2', 'U3');
  const step: fc.Arbitrary<Command> = fc.oneof(
    person.map((actor) => ({ type: 'claim', actor }) as const),
    fc.tuple(person, person).map(([actor, to]) => ({ type: 'assign', actor, to }) as const),
    person.map((actor) => ({ type: 'release', actor }) as const),
    person.map((actor) => ({ ...SPAM, actor })),
    person.map((actor) => ({ type: 'reopen', actor }) as const),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), step, (before, last) => {
      const { mention, events } = live(...before);
      const done = decide(mention, last, minutesAfter(60));
      if (!done.ok || last.type === 'reopen') return;
      const all = [...events, eventOf(done.next, done.events[0]!)];
      let back = done.next;
      for (const command of undoing(all, done.next.version, 'U9')) {
        const decision = decide(back, command, minutesAfter(61));
        assert.ok(decision.ok, `${command.type} on ${back.status}`);
        back = decision.next;
      }
      assert.deepEqual(places(back), places(mention));
    }),
  );
});
