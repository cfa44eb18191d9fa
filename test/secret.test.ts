import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createIds, createSeal } from '../src/secret.ts';

const SECRET = 'a secret for tests, 32 characters long';

test('what is sealed is opened again, for the one it is about, with the secret it was sealed with', () => {
  const seal = createSeal(SECRET, 'samples');
  fc.assert(
    fc.property(fc.string(), fc.string(), (plain, about) => {
      const sealed = seal.close(plain, about);
      assert.equal(seal.open(sealed, about), plain);
      assert.throws(
        () => seal.open(sealed, `${about}x`),
        /cannot be read with this EARSHOT_SECRET/u,
      );
      assert.throws(() => createSeal(`${SECRET}x`, 'samples').open(sealed, about));
      assert.throws(() => createSeal(SECRET, 'other samples').open(sealed, about));
    }),
    { numRuns: 50 },
  );
});

test('the same text is sealed differently each time, and shows nothing of itself', () => {
  const seal = createSeal(SECRET, 'samples');
  const [one, other] = [seal.close('xoxb-sample', 'T1'), seal.close('xoxb-sample', 'T1')];
  assert.notEqual(one, other);
  assert.ok(!Buffer.from(one.slice(2), 'base64url').includes('xoxb'));
});

test('what was tampered with is not opened', () => {
  const seal = createSeal(SECRET, 'samples');
  const bytes = Buffer.from(seal.close('xoxb-sample', 'T1').slice(2), 'base64url');
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
    assert.throws(() => seal.open(`1.${changed.toString('base64url')}`, 'T1'), String(at));
  }
  assert.throws(() => seal.open(`1.${bytes.subarray(0, -1).toString('base64url')}`, 'T1'));
  assert.throws(() => seal.open('', 'T1'));
});

test('a key for another purpose is another key, and always the same', () => {
  const seal = createSeal(SECRET, 'samples');
  assert.equal(seal.key('state'), createSeal(SECRET, 'samples').key('state'));
  assert.notEqual(seal.key('state'), seal.key('states'));
  assert.match(seal.key('state'), /^[0-9a-f]{64}$/u);
});

test('ids of one moment sort as they were made, and what chance gives them is never the same', () => {
  const newId = createIds(() => new Date('2026-11-24T09:00:00Z'));
  const ids = Array.from({ length: 5000 }, newId);
  assert.deepEqual([...ids].sort(), ids);
  assert.equal(new Set(ids.map((id) => id.slice(-12))).size, ids.length);
  assert.ok(ids.every((id) => /^[\da-z]{13}[\da-f]{12}$/u.test(id)));
});
