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
    const untold = { state: 'uncertain', since: NOON, tries: 0, nextAt: null };
    assert.deepEqual(again, untold);
    const other = await postings.take(LINE, 'two', minutesAfter(2), LONG_AGO);
    assert.deepEqual(other, { state: 'busy' });
    const later = await postings.take(LINE, 'two', minutesAfter(9), minutesAfter(8));
    assert.deepEqual(later, untold);
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

  test('a message that Slack broke off is not due before its time, and stands still at last, until a person says otherwise', async (t) => {
    const { postings } = await furnished(open, t);
    const take = () => postings.take(LINE, 'one', NOON, LONG_AGO);
    await take();
    await postings.doubted(LINE, 1, minutesAfter(2));
    const doubtful = { state: 'uncertain', since: NOON, tries: 1, nextAt: minutesAfter(2) };
    assert.deepEqual(await take(), doubtful);
    assert.deepEqual(await postings.stuck('T1'), []);
    assert.equal(await postings.retry('T1'), 0);
    await postings.doubted(LINE, 4, null);
    assert.deepEqual(await postings.stuck('T1'), [{ ...LINE, since: NOON }]);
    assert.deepEqual(await postings.stuck('T2'), []);
    assert.equal(await postings.retry('T2'), 0);
    assert.equal(await postings.retry('T1'), 1);
    assert.deepEqual(await take(), { ...doubtful, tries: 0, nextAt: null });
    await postings.doubted(LINE, 4, null);
    await postings.sent(LINE, '1.1');
    assert.deepEqual(await postings.stuck('T1'), [], 'it is there after all');
  });

  test('old reservations are forgotten', async (t) => {
    const { postings } = await furnished(open, t);
    await postings.take(LINE, 'one', NOON, LONG_AGO);
    await postings.take({ ...LINE, key: 'line e2' }, 'one', minutesAfter(5), LONG_AGO);
    assert.equal(await postings.prune(minutesAfter(1)), 1);
    assert.deepEqual(await postings.take(LINE, 'one', NOON, LONG_AGO), { state: 'free' });
  });
}
