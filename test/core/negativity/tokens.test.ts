import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { MAX_TOKENS, tokenise } from '../../../src/core/negativity/tokens.ts';

const CASES: readonly (readonly [string, string])[] = [
  ['Still WAITING!!!', 'still waiting !!'],
  ["I don't know", 'i dont know'],
  ['I don’t know', 'i dont know'],
  ["do n't", 'dont'],
  ["Acme's router", 'acme router'],
  ["it's fine", "it's fine"],
  ['sooooo bad', 'soo bad'],
  ['@acme_help hi', '<user> hi'],
  ['see https://example.com/a?b=c now', 'see <url> now'],
  ['#AcmeFail', '#acmefail acme fail'],
  ['#fail', '#fail fail'],
  ['3rd time', '<nth> time'],
  ['paid £50', 'paid <money>'],
  ['1/10', '1/10'],
  ['24/7', '24/7'],
  [':( :-) 😡', '<sad> <happy> <angry>'],
  ['&lt;3 you &amp; me', '<love> you and me'],
  ['wi-fi', 'wi fi'],
  ['café', 'cafe'],
  ['what?!', 'what ?!'],
  ['👍🏽', '<good>'],
];

for (const [text, words] of CASES) {
  test(`reads ${text} as ${words}`, () => {
    assert.equal(
      tokenise(text)
        .map(({ word }) => word)
        .join(' '),
      words,
    );
  });
}

test('capitals, stretched words and hashtags are marked', () => {
  const [loud, long, tag] = tokenise('DOWN sooo #fail');
  assert.ok(loud!.shout && long!.stretched && tag!.tag);
});

test('tokens of any text lie inside it, in order, and are not too many', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const tokens = tokenise(text);
      assert.ok(tokens.length <= MAX_TOKENS + 20);
      for (const { start, end, word } of tokens) {
        assert.ok(start >= 0 && start < end && end <= text.length && word !== '');
      }
    }),
  );
});

test('a word that is remembered does not keep alive the text that it stood in', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const heap = () => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  const filler = '. '.repeat(50_000);
  tokenise(`disconnections-0 ${filler}`);
  const before = heap();
  for (let n = 1; n <= 300; n += 1) tokenise(`disconnections${n}again ${filler}${n}`);
  // Whole, these texts are 30 MB.
  assert.ok(heap() - before < 10 * 2 ** 20);
});
