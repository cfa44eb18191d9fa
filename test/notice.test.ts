import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { sourcesPrivacy } from '../docs/sources-privacy.ts';
import { noticeHtml } from '../src/core/privacy/notice.ts';
import { LANGUAGES, replyLetter } from '../src/core/privacy/reply-letter.ts';
import { sources } from '../src/sources/index.ts';

const FACTS = {
  team: 'Acme <Broadband> & Co (sample)',
  contact: 'privacy@acme.example',
  retentionDays: 14,
  places: [{ name: 'A place', consent: ['#nobot "x"'], keepDays: 30 }],
};

for (const language of LANGUAGES) {
  test(`the notice in ${language} says who, how long and how to object, and loads nothing`, () => {
    const html = noticeHtml(FACTS, [language]);
    assert.match(html, new RegExp(`<html lang="${language}">`));
    assert.match(html, /mailto:privacy@acme\.example/u);
    assert.match(html, /\b14\b/u);
    assert.match(html, /\b90\b/u);
    assert.match(html, /#nobot &quot;x&quot;/u);
    assert.doesNotMatch(html, /<script|<link|<img|@import|<Broadband>|src=/u);
    assert.equal((html.match(/<h2>/gu) ?? []).length, 8);
  });

  test(`the letter in ${language} names nobody, and the notice where there is one`, () => {
    const with_ = replyLetter({ team: 'Acme', noticeUrl: 'https://acme.example/n' }, language);
    assert.match(with_, /https:\/\/acme\.example\/n/u);
    assert.doesNotMatch(replyLetter({ team: 'Acme', noticeUrl: null }, language), /null|https/u);
  });
}

test('a team of several languages has one page, each part in its own', () => {
  const html = noticeHtml(FACTS, ['de', 'en']);
  assert.match(html, /<html lang="de">/u);
  const parts = [...html.matchAll(/<section id="(..)" lang="\1">/gu)].map(([, one]) => one);
  assert.deepEqual(parts, ['de', 'en']);
  assert.match(html, /<a href="#de" lang="de" hreflang="de">Deutsch<\/a>/u);
});

test('without a contact the notice says so in words, and a page is linked', () => {
  assert.doesNotMatch(noticeHtml({ ...FACTS, contact: null }, ['en']), /<a |null/u);
  const html = noticeHtml({ ...FACTS, contact: 'https://acme.example/privacy' }, ['de']);
  assert.match(html, /<a href="https:\/\/acme\.example\/privacy">/u);
});

test('the page about the sources is as the contracts say: run npx tsx docs/generate.ts', () => {
  assert.equal(readFileSync('docs/SOURCES-PRIVACY.md', 'utf8'), sourcesPrivacy());
});

test('every source says how long text may be kept, and how deletions are looked for', () => {
  for (const { kind, rules } of sources) {
    assert.ok(rules.sweepHours > 0 && rules.sweepBatch > 0, kind);
    assert.ok(rules.keepDays === null || rules.keepDays > 0, kind);
    assert.ok(rules.answering.length > 0, kind);
  }
});
