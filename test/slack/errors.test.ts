import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import { forLog, readTrouble } from '../../src/slack/errors.ts';

const platform = (error: string) => new WebAPIPlatformError({ ok: false, error });

test('each answer of Slack means one thing', () => {
  const table: [Error, string][] = [
    [new WebAPIRateLimitedError(7), 'wait'],
    [platform('ratelimited'), 'wait'],
    [platform('internal_error'), 'later'],
    [platform('fatal_error'), 'later'],
    [platform('message_not_found'), 'gone'],
    [platform('missing_scope'), 'off'],
    [platform('unknown_method'), 'off'],
    [platform('channel_not_found'), 'refused'],
    [platform('not_in_channel'), 'refused'],
    [platform('is_archived'), 'refused'],
    [platform('msg_blocks_too_long'), 'refused'],
    [platform('invalid_auth'), 'refused'],
    [platform('a_string_of_next_year'), 'refused'],
    [platform('<html>maintenance</html>'), 'later'],
    [platform('{"ok":tr'), 'later'],
    [new WebAPIHTTPError(503, 'Service Unavailable', {}, ''), 'later'],
    [new WebAPIHTTPError(404, 'Not Found', {}, ''), 'off'],
    [new WebAPIHTTPError(400, 'Bad Request', {}, ''), 'refused'],
    [new WebAPIRequestError(new Error('connect ECONNREFUSED')), 'later'],
    [new TypeError('terminated', { cause: { code: 'UND_ERR_SOCKET' } }), 'later'],
    [new DOMException('the time is up', 'TimeoutError'), 'later'],
  ];
  for (const [error, meaning] of table)
    assert.equal(readTrouble(error).meaning, meaning, error.message);
});

test('the seconds that Slack names are kept', () => {
  assert.equal(readTrouble(new WebAPIRateLimitedError(7)).retryAfterSeconds, 7);
  assert.equal(readTrouble(platform('ratelimited')).retryAfterSeconds, 30);
  assert.equal(readTrouble(platform('fatal_error')).retryAfterSeconds, null);
});

test('what is no answer of Slack is thrown again', () => {
  assert.throws(() => readTrouble(new TypeError('a mistake of ours')), TypeError);
});

test('the log learns the kind of an error, not its message', () => {
  const error = new Error('insert into mentions values (what an author wrote)');
  assert.ok(!JSON.stringify(forLog(error)).includes('author'));
  assert.match(forLog(error).where, /errors\.test\.ts/u);
  assert.match(forLog(platform('not_in_channel')).cause, /not_in_channel/u);
});
