import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eld } from 'eld/extrasmall';
import fc from 'fast-check';
import { detect } from '../../../src/core/negativity/detect.ts';

/** Made-up complaints about Acme Broadband, in as many languages and scripts as matter. */
const TEXTS = [
  'Third engineer visit cancelled. Still waiting, and nobody answers the phone.',
  'Acme Broadband ist schon wieder gestört, seit Tagen wartet man auf einen Techniker.',
  "Encore une panne, personne ne répond depuis trois jours. J'attends toujours !",
  'Otra vez sin conexión, llevo tres días esperando al técnico y nadie contesta.',
  'De storing duurt nu al drie dagen en niemand neemt de telefoon op.',
  'Ancora nessuna connessione: aspetto il tecnico da tre giorni e nessuno risponde.',
  'Интернет снова не работает, и никто не отвечает на звонки.',
  'インターネットがまた切れた。誰も電話に出ない。',
  '网络又断了，客服电话没有人接。',
  'الإنترنت مقطوع منذ ثلاثة أيام ولا أحد يجيب على الهاتف',
  'इंटरनेट फिर से बंद है और कोई फोन नहीं उठाता।',
  'Το ίντερνετ δεν λειτουργεί και κανείς δεν απαντά στο τηλέφωνο.',
  'İnternet üç gündür yok, kimse telefona cevap vermiyor.',
  'Internet znowu nie działa, czekam od trzech dni, nikt nie odbiera.',
];

function same(text: string): void {
  const theirs = eld.detect(text);
  const { language, isReliable } = detect(text);
  assert.equal(language ?? '', theirs.language, text);
  assert.equal(isReliable, theirs.isReliable(), text);
}

test('languages are told as eld tells them', () => {
  for (const text of TEXTS) same(text);
  for (const text of TEXTS) same(text.repeat(12).slice(0, 600));
  for (const one of TEXTS) for (const other of TEXTS) same(`${one.slice(0, 30)} ${other}`);
});

test('so are single words, and pieces of them', () => {
  for (const word of TEXTS.flatMap((text) => text.split(' '))) {
    for (let end = 1; end <= word.length; end += 1) same(word.slice(0, end));
  }
});

test('so is whatever else may stand in a text', () => {
  const pieces = fc.oneof(
    fc.constantFrom(...TEXTS.flatMap((text) => text.split(' ')), "don't", "'tis", '’s', 'ﬁ', 'İ'),
    fc.string({ unit: 'binary', maxLength: 120 }),
    fc.string({ unit: 'grapheme', maxLength: 20 }),
  );
  const separators = fc.constantFrom(' ', '', "'", "' ", ' ’', '’’', '`', '7', '\n', ' ... ');
  const texts = fc.array(fc.tuple(pieces, separators), { maxLength: 60 });
  fc.assert(
    fc.property(texts, (parts) => same(parts.flat().join('').slice(0, 600))),
    { numRuns: 500 },
  );
});

test('a text without words is in no language', () => {
  for (const text of ['', ' ', '7', "''", '!!! 😀', '𝐇𝐞𝐥𝐩']) {
    assert.deepEqual(detect(text), { language: null, isReliable: false });
    same(text);
  }
});
