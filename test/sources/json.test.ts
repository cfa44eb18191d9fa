import assert from 'node:assert/strict';
import { test } from 'node:test';
import { id, instant, latestOf, readCursor, webUrl } from '../../src/sources/json.ts';
import { limited, secondsUntil, spread } from '../../src/sources/limits.ts';

test('a time without a zone is UTC, and what is no time is none', () => {
  for (const [value, expected] of [
    ['2026-11-23T09:15:00.000000Z', '2026-11-23T09:15:00.000Z'],
    ['2026-11-23T09:15:00.123456', '2026-11-23T09:15:00.123Z'],
    ['2026-11-23T10:15:00+01:00', '2026-11-23T09:15:00.000Z'],
    ['2026-11-23', '2026-11-23T00:00:00.000Z'],
    [1_795_425_300, '2026-11-23T09:15:00.000Z'],
  ] as const) {
    assert.equal(instant(value)?.toISOString(), expected, String(value));
  }
  for (const value of ['yesterday', '', '12', '2026-99-99', null, undefined, {}, Infinity, 1e20]) {
    assert.equal(instant(value), null, String(value));
  }
});

test('only web addresses can be opened', () => {
  assert.equal(webUrl('https://a.example/x'), 'https://a.example/x');
  for (const value of ['javascript:alert(1)', 'file:///etc/passwd', 'a.example', '', 7, null]) {
    assert.equal(webUrl(value), null);
  }
});

test('ids are text, whether they come as numbers or not', () => {
  assert.deepEqual([id(7), id('0007'), id(''), id(null)], ['7', '0007', null, null]);
});

test('a cursor that cannot be read is an empty one', () => {
  for (const cursor of [null, '', '{', '[]', 'null', '7']) assert.deepEqual(readCursor(cursor), {});
});

test('one time from the future is a mistake of the place, all of them one of our clock', () => {
  assert.equal(latestOf([1, 5, 90], 10), 5);
  assert.equal(latestOf([80, 90], 10), 90);
  assert.equal(latestOf([], 10), 0);
});

test('the end of a limit counts on the host’s clock, and Retry-After counts for more', () => {
  const reset = new Date('2026-11-23T09:10:00Z');
  const headers = { date: 'Mon, 23 Nov 2026 09:00:00 GMT' };
  const wrong = new Date('2020-01-01T00:00:00Z');
  assert.equal(secondsUntil(reset, headers, wrong), 600);
  assert.equal(secondsUntil(reset, {}, new Date('2026-11-23T09:09:00Z')), 60);
  assert.equal(secondsUntil(reset, {}, new Date('2026-11-23T10:00:00Z')), 1);
  const failure = { kind: 'rejected', cause: 'HTTP 403', message: 'refuses' } as const;
  assert.equal(limited(failure, 30).retryAfterSeconds, 30);
  assert.equal(limited({ ...failure, retryAfterSeconds: 5 }, 30).retryAfterSeconds, 5);
  assert.equal(limited(failure, null).retryAfterSeconds, undefined);
});

test('what is left of a limit is spread until it resets', () => {
  assert.equal(spread(60, 3600, 2), 120);
  assert.equal(spread(0, 3600, 2), 3600);
  assert.equal(spread(null, 3600, 2), null);
  assert.equal(spread(60, null, 2), null);
});
