import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { getJson } from '../../src/sources/json.ts';
import { askWithToken, readPrivateKey } from '../../src/sources/token.ts';
import { jsonReply, startPlace, START, WEB_PAGE, type Place } from '../stand-ins/place.ts';

describe('tokens', () => {
  let place: Place;
  /** Authorisations that the data was asked for with. */
  let used: string[];
  let given: number;

  beforeEach(async () => {
    place = await startPlace();
    used = [];
    given = 0;
    place.json('/token', () => {
      given += 1;
      return { access_token: `token-${given}`, expires_in: 600 };
    });
    place.json('/data', (_, { headers }) => {
      used.push(String(headers['authorization']));
      return {};
    });
  });

  afterEach(() => place.close());

  function ask(secret = 'sample-secret') {
    const grant = {
      url: `${place.web.url}/token`,
      form: () => ({ grant_type: 'client_credentials' }),
      secret,
      settings: 'SAMPLE_SECRET',
    };
    const call = place.call();
    return askWithToken(call, grant, (token) =>
      getJson(call, `${place.web.url}/data`, { headers: { authorization: token } }),
    );
  }

  test('a token is used until a minute before its end, and each secret has its own', async () => {
    await ask();
    await ask();
    await ask('another-secret');
    place.now = new Date(START.getTime() + 539_000);
    await ask();
    place.now = new Date(START.getTime() + 541_000);
    await ask();
    assert.deepEqual(used, ['token-1', 'token-1', 'token-2', 'token-1', 'token-3']);
  });

  test('a place that takes no token at all is asked twice, and no more', async () => {
    await ask();
    place.json('/data', (_, { headers }) => {
      used.push(String(headers['authorization']));
      return jsonReply({}, { status: 401 });
    });
    const outcome = await ask();
    assert.equal(outcome.ok, false);
    assert.deepEqual(used, ['token-1', 'token-1', 'token-2']);
    await ask();
    assert.deepEqual(used.slice(3), ['token-3']);
  });

  test('an outage of the token’s place is no wrong key', async () => {
    for (const [reply, kind] of [
      [{ status: 503 }, 'unavailable'],
      [{ status: 429, headers: { 'retry-after': '30' } }, 'rate-limited'],
      [WEB_PAGE, 'malformed'],
      [jsonReply({ token: 'x' }), 'malformed'],
      [jsonReply({ error: 'invalid_client' }), 'rejected'],
      [jsonReply({ error: 'sample-secret, it was' }, { status: 400 }), 'rejected'],
    ] as const) {
      place.next.push(reply);
      const outcome = await ask();
      assert.ok(!outcome.ok);
      assert.equal(outcome.failure.kind, kind);
      assert.doesNotMatch(JSON.stringify(outcome.failure), /sample-secret/u);
    }
    assert.deepEqual(used, []);
  });
});

test('a key of the other kind is no key', () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  assert.notEqual(readPrivateKey(pem, 'ec'), null);
  assert.equal(readPrivateKey(pem, 'rsa'), null);
  assert.equal(readPrivateKey('', 'ec'), null);
});
