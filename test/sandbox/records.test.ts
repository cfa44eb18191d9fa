import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRecords } from '../../src/sandbox/records.ts';
import type { Row } from '../../src/sandbox/records.ts';

const now = () => new Date('2026-03-01T10:00:00Z');

test('finding by a field gives what looking at every row gives, in the order of insertion', () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('insert' as const), colour: fc.integer({ min: 0, max: 3 }) }),
    fc.record({
      do: fc.constant('update' as const),
      id: fc.integer({ min: 1, max: 9 }),
      colour: fc.integer({ min: 0, max: 3 }),
    }),
    fc.record({ do: fc.constant('delete' as const), id: fc.integer({ min: 1, max: 9 }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const table = createRecords(now).collection('things');
      let model: { id: number; colour: number }[] = [];
      let next = 1;
      table.findBy('colour', 0);
      for (const one of steps) {
        if (one.do === 'insert') {
          table.insert({ colour: one.colour });
          model.push({ id: next++, colour: one.colour });
        } else if (one.do === 'update') {
          table.update(one.id, { colour: one.colour });
          model = model.map((row) => (row.id === one.id ? { ...row, colour: one.colour } : row));
        } else {
          table.delete(one.id);
          model = model.filter((row) => row.id !== one.id);
        }
        for (const colour of [0, 1, 2, 3]) {
          assert.deepEqual(
            table.findBy('colour', colour).map((row) => row.id),
            model.filter((row) => row.colour === colour).map((row) => row.id),
          );
        }
      }
    }),
  );
});

test('every change is told with the row as it is, and a deleted one as it was', () => {
  const records = createRecords(now);
  const told: [string, string, unknown][] = [];
  const stop = records.onChange((table, change, row) => told.push([table, change, row['text']]));
  const table = records.collection('messages');
  const { id } = table.insert({ text: 'a' });
  table.update(id, { text: 'b' });
  table.delete(id);
  stop();
  table.insert({ text: 'c' });
  assert.deepEqual(told, [
    ['messages', 'insert', 'a'],
    ['messages', 'update', 'b'],
    ['messages', 'delete', 'b'],
  ]);
});

test('a snapshot restores the rows with their ids and dates', () => {
  const records = createRecords(now);
  records.collection('messages').insert({ text: 'a' });
  const later = createRecords(() => new Date('2027-01-01T00:00:00Z'));
  later.restore(
    JSON.parse(JSON.stringify(records.snapshot(['messages']))) as Record<string, Row[]>,
  );
  const table = later.collection('messages');
  assert.deepEqual(table.all(), records.collection('messages').all());
  assert.equal(table.insert({ text: 'b' }).id, 2);
});
