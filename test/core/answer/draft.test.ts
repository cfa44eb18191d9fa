import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkDraft, fillReply } from '../../../src/core/answer/draft.ts';

const kinds = (text: string, replyLimit: number | null = null) =>
  checkDraft(text, { replyLimit }).map(({ kind }) => kind);

const DRAFTS: [string, string[]][] = [
  ['Sorry about that, sample_user. The line at the exchange is being mended; done by six.', []],
  ['We have answered in the thread, and the engineer comes tomorrow.', []],
  ['Please DM us your account.', ['private']],
  ["Let's take this offline.", ['private']],
  ['Could you send us a private message?', ['private']],
  ['Call us and we will look into it.', ['private']],
  ['Write to help@acme-broadband.example please', ['contact']],
  ['Ring 020 7946 0018 for help', ['contact']],
  ['While you wait, upgrade to our new plan for 20% off!', ['selling']],
  ['Email us at help@acme-broadband.example', ['private', 'contact']],
];
for (const [draft, expected] of DRAFTS) {
  test(`a draft: ${draft}`, () => assert.deepEqual(kinds(draft), expected));
}

test('six in the evening is no private message', () => {
  assert.deepEqual(kinds('The line was back at 6 pm.'), []);
  assert.deepEqual(kinds('It will be mended by 6 PM today'), []);
});

test('length is counted as people see it, and only where the place has a limit', () => {
  const family = '👨‍👩‍👧‍👦';
  assert.deepEqual(kinds(family.repeat(300), 300), []);
  assert.deepEqual(kinds(family.repeat(301), 300), ['long']);
  assert.deepEqual(kinds('a'.repeat(100_000)), []);
});

test('only the two places of a saved reply are filled in, and what fills them is left as it is', () => {
  const filled = fillReply('Hello {name}, {Topic} {other} {name}', {
    name: '{topic}',
    topic: '$& router',
  });
  assert.equal(filled, 'Hello {topic}, $& router {other} {topic}');
});
