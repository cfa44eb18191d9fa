import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isQuestion } from '../../../src/core/negativity/question.ts';
import { tokenise } from '../../../src/core/negativity/tokens.ts';

const ASKS = [
  'What time do you open?',
  '@acme when will my order arrive??',
  'anyone know how to reset an acme router',
  'can you please tell me where my parcel is',
  'how do i cancel my plan',
  'I was wondering if you ship to Norway',
  'any update on the outage',
  'Is Acme down for anyone else?',
];
const ASKS_NOT = [
  'Acme is down again.',
  'how hard can it be',
  'Really?',
  'What the hell acme?',
  'are you kidding me?',
  'Who cares?',
  'I know when to stop',
  'Great service, thank you',
  'https://example.com/?a=b',
];

for (const text of ASKS) {
  test(`asks: ${text}`, () => assert.equal(isQuestion(tokenise(text)), true));
}
for (const text of ASKS_NOT) {
  test(`does not ask: ${text}`, () => assert.equal(isQuestion(tokenise(text)), false));
}
