import assert from 'node:assert/strict';
import { test } from 'node:test';
import { furnished, type Open } from './open.ts';

const NOVEMBER = { kind: 'x', month: '2026-11', most: 250, spare: 0 };

export function budgetContract(open: Open): void {
  test('a budget gives what is left of it, and not a bit more', async (t) => {
    const { budgets } = await furnished(open, t);
    const take = (wanted: number) => budgets.take({ ...NOVEMBER, wanted, least: 10 });
    assert.deepEqual([await take(100), await take(100), await take(100)], [100, 100, 50]);
    assert.equal(await take(10), 0);
    await budgets.giveBack({ ...NOVEMBER, unused: 12 });
    assert.equal(await take(100), 12);
    await budgets.giveBack({ ...NOVEMBER, unused: 9 });
    assert.equal(await take(10), 0, 'less than the least is not given');
    assert.equal(await budgets.take({ ...NOVEMBER, spare: 5, wanted: 5, least: 1 }), 4);
    const used = { kind: 'x', month: '2026-11', used: 245, most: 250 };
    assert.deepEqual(await budgets.list(), [used]);
    assert.equal(await budgets.take({ ...NOVEMBER, kind: 'y', wanted: 20, least: 1 }), 20);
  });

  test('a new month begins with nothing; a clock that goes back begins none', async (t) => {
    const { budgets } = await furnished(open, t);
    const take = (month: string, most = 250) =>
      budgets.take({ ...NOVEMBER, month, most, wanted: 250, least: 1 });
    assert.equal(await take('2026-11'), 250);
    assert.equal(await take('2026-10'), 0);
    assert.equal(await take('2026-11', 300), 50, 'it was raised');
    await budgets.giveBack({ ...NOVEMBER, month: '2026-12', unused: 300 });
    assert.equal(await take('2026-12'), 250);
    await budgets.giveBack({ ...NOVEMBER, month: '2027-01', unused: 250 });
    assert.equal(await take('2026-12'), 0, 'nothing of another month is given back');
  });

  test('whoever takes at the same moment, the budget holds', async (t) => {
    const { budgets } = await furnished(open, t);
    const takes = Array.from({ length: 12 }, () =>
      budgets.take({ ...NOVEMBER, wanted: 30, least: 1 }),
    );
    const given = await Promise.all(takes);
    assert.equal(
      given.reduce((sum, one) => sum + one, 0),
      250,
    );
  });
}
