import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chart } from '../bench/chart.ts';
import { comparisons, quantile, shown, spread, type Figure } from '../bench/figures.ts';

const race: Figure[] = [
  { what: 'cold', who: 'Earshot', unit: 's', better: 'less', runs: [3, 2, 4] },
  { what: 'cold', who: 'a & b', unit: 's', better: 'less', runs: [6, 9, 8] },
  { what: 'words', who: 'Earshot', unit: 'posts/s', better: 'more', runs: [50] },
  { what: 'words', who: 'another', unit: 'posts/s', better: 'more', runs: [100] },
];

test('a spread is the median between the lowest and the highest run', () => {
  assert.deepEqual(spread([3, 1, 2]), { median: 2, low: 1, high: 3 });
  assert.deepEqual(spread([4, 1, 2, 3]), { median: 2.5, low: 1, high: 4 });
  assert.equal(quantile([0, 10], 0.99), 9.9);
  assert.deepEqual([1234.5, 56.78, 0.891].map(shown), ['1,235', '56.8', '0.89']);
});

test('rivals are compared by their medians, and a defeat is said as well', () => {
  assert.deepEqual(comparisons(race), [
    'cold: Earshot is 2.67 times as fast as a & b',
    'words: Earshot takes 2 times as long as another',
  ]);
});

test('the picture has a bar for each figure, on the scale of its rivals, and no stray markup', () => {
  const svg = chart([{ title: 'A <race>', about: '', figures: race, notes: [] }]);
  const widths = [...svg.matchAll(/<rect x="[1-9][^>]* width="([\d.]+)"/gu)].map(([, w]) => w);
  assert.deepEqual(widths, ['120.0', '320.0', '180.0', '360.0']);
  assert.match(svg, /A &#60;race&#62;/u);
  assert.match(svg, /a &#38; b/u);
});
