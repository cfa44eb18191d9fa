import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  isSensitive,
  SPECIAL_WORDS,
  specialKinds,
  type SpecialKind,
} from '../../../src/core/privacy/special.ts';

const TOLD: readonly [string, SpecialKind][] = [
  ['My mum is on oxygen and Acme Broadband cut the line for three days.', 'health'],
  ['I am diabetic, my insulin pump needs the internet, and nobody answers.', 'health'],
  ['Diagnosed with cancer in May, and Acme still bills me for the old flat.', 'health'],
  ['Her pendant alarm does not work since the switch to digital voice.', 'health'],
  ['Meine Mutter ist schwerbehindert und der Hausnotruf geht seit Montag nicht.', 'health'],
  ['We stream the service of our church with Acme, and it drops every Sunday.', 'belief'],
  ['As a Muslim I asked for no visit during Ramadan. They came anyway.', 'belief'],
  ['Unsere Kirchengemeinde hat seit zwei Wochen kein Netz.', 'belief'],
  ['I am a union member and I will not pay for this.', 'union'],
  ['Die Gewerkschaft rät uns, Acme Broadband zu meiden.', 'union'],
  ['They asked me and my husband whether we are gay. Acme, seriously?', 'sexuality'],
  ['As a transgender customer I get the wrong title in every letter.', 'sexuality'],
  ['I voted for the people who promised fibre. Still nothing, Acme.', 'politics'],
  ['Ich wähle nie wieder die CDU, und Acme nehme ich auch nie wieder.', 'politics'],
];

/** Complaints with words that only look like it. */
const NOT_TOLD = [
  'The line is dead again and the hold music is depressing.',
  'Acme Broadband is a cancerous company? No: just slow. Router died twice.',
  'The router is blinking orange, blind support agents, no progress at all.',
  'Their app crashed, I am sick of waiting and tired of excuses.',
  'I had a stroke of luck: the engineer came after all.',
  'Third party routers are not supported, says the other party on the phone.',
  'Credit union transfer bounced because Acme charged twice.',
  'European Union roaming rules do not apply, they say.',
  'The green light is on, the right wing of the house has no signal.',
  'Labour costs on the bill: 80 pounds for a visit that never happened.',
  'Conservative estimate: I have called twelve times.',
  'My patience is terminal. Heart of the matter: no internet.',
  'Faith in this provider: zero. They promised it religiously every week.',
  'I lost faith in Acme Broadband, the outage page is always green.',
  'Oxygen plan is too expensive and speed is a straight lie.',
  'Die Leitung ist tot und der Kundendienst taub.',
  'Ein Anschluss für zwei Wohnungen, und keiner geht ans Telefon.',
  'Voted worst provider of the year by the readers of a magazine.',
  'The connection between hub and extender is unstable, drops at 19:00.',
  'Outage in the whole town, hospital included.',
];

for (const [text, kind] of TOLD) {
  test(`marked as ${kind}: ${text}`, () => {
    assert.ok(specialKinds(text).includes(kind), specialKinds(text).join());
  });
}

test('a complaint that only sounds like it is not marked', () => {
  const marked = NOT_TOLD.filter(isSensitive).map((text) => [text, specialKinds(text)]);
  assert.deepEqual(marked, []);
});

test('every word and phrase counts, in small letters and capitals, with any space and ending', () => {
  for (const [kind, phrases] of Object.entries(SPECIAL_WORDS)) {
    for (const phrase of phrases) {
      const written = phrase.replace('*', 'en').replaceAll(' ', ' \u00a0\n');
      for (const text of [`(${written})`, `so ${written.toUpperCase()}!`]) {
        assert.ok(specialKinds(text).includes(kind as SpecialKind), text);
      }
    }
  }
});

test('a full-width or curled spelling counts too', () => {
  assert.deepEqual(specialKinds('ｃａｎｃｅｒ'), ['health']);
});

test('a megabyte is read quickly', { timeout: 20_000 }, () => {
  assert.equal(isSensitive('the onion my uniform '.repeat(50_000)), false);
});
