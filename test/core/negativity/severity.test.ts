import assert from 'node:assert/strict';
import { test } from 'node:test';
import { severityOf } from '../../../src/core/negativity/severity.ts';
import { tokenise } from '../../../src/core/negativity/tokens.ts';
import type { Severity } from '../../../src/core/verdict.ts';
import { SEVERE } from './fresh.ts';

const CASES: readonly (readonly [Severity | null, string])[] = [
  ['safety', 'The acme router caught fire last night'],
  ['safety', 'sparks and smoke from the acme box'],
  ['safety', 'There is a live cable hanging over the pavement, Acme'],
  ['safety', 'your engineer left a gas leak'],
  ['vulnerable', 'My elderly neighbour has had no phone since Monday'],
  ['vulnerable', 'her panic alarm needs the line, Acme'],
  ['vulnerable', 'dad is disabled and relies on this connection'],
  ['legal', 'You will hear from my solicitor, Acme'],
  ['legal', 'going to the ombudsman about acme'],
  ['legal', 'see you in small claims'],
  ['legal', 'I will take them to court'],
  ['outage', 'acme internet is down again'],
  ['outage', 'no signal in the whole village'],
  ['outage', 'Big outage in Leeds?'],
  ['outage', 'my broadband has stopped working'],
  ['money', 'Acme charged me twice'],
  ['money', 'where is my refund'],
  ['money', 'ripped off by acme, what a scam'],
  ['leaving', 'Cancelling my contract with Acme tomorrow'],
  ['leaving', 'time to switch provider'],
  ['leaving', 'I will never use acme again'],
  ['leaving', 'acme lost a customer today'],
  // Look-alikes and denials.
  [null, 'No outage here, all fine with Acme'],
  [null, "I'm not leaving you, Acme, do not worry"],
  [null, 'The new acme phone is on offer'],
  [null, 'My train is leaving the station'],
  [null, 'this album is on the acme playlist'],
  [null, 'sat down with the acme team'],
  [null, 'Fireworks tonight at Acme Park'],
  [null, 'my mum loves her new acme phone'],
  [null, 'slow and rude, but it works'],
  [null, 'There was never a fire hazard'],
];

for (const [severity, text] of CASES) {
  test(`${severity ?? 'nothing grave'}: ${text}`, () => {
    assert.equal(severityOf(tokenise(text)), severity);
  });
}

test('the most urgent of several is told', () => {
  assert.equal(severityOf(tokenise('charged twice, then the router caught fire')), 'safety');
});

test('of grave posts most are told by their kind, and of the others hardly any is taken for grave', () => {
  const told = (text: string) => severityOf(tokenise(text)) ?? 'none';
  const grave = Object.entries(SEVERE).filter(([kind]) => kind !== 'none');
  const posts = grave.flatMap(([kind, texts]) => texts.map((text) => ({ kind, text })));
  const found = posts.filter(({ kind, text }) => told(text) === kind).length;
  assert.ok(found / posts.length >= 0.75, `${found} of ${posts.length}`);
  const calm = SEVERE.none.filter((text) => told(text) === 'none').length;
  assert.ok(calm / SEVERE.none.length >= 0.85, `${calm} of ${SEVERE.none.length}`);
});
