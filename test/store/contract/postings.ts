import assert from 'node:assert/strict';
import { test } from 'node:test';
import { minutesAfter, NOON } from '../../helpers/samples.ts';
import { furnished, type Open } from './open.ts';

const LINE = { workspaceId: 'T1', key: 'line e1' };
const LONG_AGO = minutesAfter(-60);

export function postingContract(open: Open): void {
  test('of many that reserve a message at once, one gets it, and the others are told to wait', async (t) => {
    const { postings } = await furnished(open, t);
    const taken = await Promise.all(
      Array.from({ length: 8 }, (_, at) => postings.take(LINE, `process ${at}`, NOON, LONG_AGO)),
    );
    const states = taken.map(({ state }) => state);
    assert.equal(states.filter((state) => state === 'free').length, 1);
    assert.equal(states.filter((state) => state === 'busy').length, 7);
  });

  test('a message that somebody began and never ended is uncertain since the first attempt', async (t) => {
    const { postings } = await furnished(open, t);
    await postings.take(LINE, 'one', NOON, LONG_AGO);
    const again = await postings.take(LINE, 'one', minutesAfter(1), LONG_AGO);
    assert.deepEqual(again, { state: 'uncertain', since: NOON });
    const other = await postings.take(LINE, 'two', minutesAfter(2), LONG_AGO);
    assert.deepEqual(other, { state: 'busy' });
    const later = await postings.take(LINE, 'two', minutesAfter(9), minutesAfter(8));
    assert.deepEqual(later, { state: 'uncertain', since: NOON });
  });

  test('a sent message is known by its timestamp, until it is released', async (t) => {
    const { postings } = await furnished(open, t);
    await postings.take(LINE, 'one', NOON, LONG_AGO);
    await postings.sent(LINE, '1.1');
    await postings.release({ ...LINE, workspaceId: 'T2' });
    const known = await postings.take(LINE, 'two', NOON, LONG_AGO);
    assert.deepEqual(known, { state: 'sent', ts: '1.1' });
    await postings.release(LINE);
    assert.deepEqual(await postings.take(LINE, 'two', NOON, LONG_AGO), { state: 'free' });
  });

  test('old reservations are forgotten', async (t) => {
    const { postings } = await furnished(open, t);
    await postings.take(LINE, 'one', NOON, LONG_AGO);
    await postings.take({ ...LINE, key: 'line e2' }, 'one', minutesAfter(5), LONG_AGO);
    assert.equal(await postings.prune(minutesAfter(1)), 1);
    assert.deepEqual(await postings.take(LINE, 'one', NOON, LONG_AGO), { state: 'free' });
  });
}
