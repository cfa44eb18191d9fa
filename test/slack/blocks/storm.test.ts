import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StormView } from '../../../src/core/ports.ts';
import { bars, heldMessage, stormMessage } from '../../../src/slack/blocks/storm.ts';
import { assertWithinLimits, buttonsIn, reading, textsIn } from '../../helpers/blocks.ts';
import { minutesAfter, NOON } from '../../helpers/samples.ts';
import { sampleStorm } from '../../helpers/storm-samples.ts';

function view(over: Partial<StormView> = {}): StormView {
  return {
    storm: sampleStorm(),
    ...{ found: 214, waiting: 134, oldestWaitingAt: NOON },
    ...{ open: 20, claimed: 8, answered: 50, dismissed: 2 },
    chart: Array.from({ length: 18 }, (_, at) => at),
    words: ['outage', 'router'],
    places: [{ label: 'forum.example', count: 200 }],
    ...over,
  };
}
const names = () => 'Sam';

test('a storm shows its figures, and offers to claim it and the next five', () => {
  const { blocks, text } = stormMessage(view(), names);
  assertWithinLimits(blocks);
  assert.match(text, /214 mentions since/u);
  assert.match(reading(blocks), /134 wait for a card .* 20 open · 8 claimed · 50 answered/u);
  assert.match(reading(blocks), /▁▂.*█ {2}the last 3 hours/u);
  assert.match(reading(blocks), /Loudest: outage · router/u);
  assert.deepEqual(buttonsIn(blocks), ['Claim the storm', 'Next 5']);
});

test('a claimed storm names who has it, and one that is over says what it was', () => {
  const claimed = stormMessage(view({ storm: sampleStorm({ claimedBy: 'U1SAM' }) }), names);
  assert.match(reading(claimed.blocks), /In the hands of Sam/u);
  assert.deepEqual(buttonsIn(claimed.blocks), ['Next 5']);
  const storm = sampleStorm({ endedAt: minutesAfter(90) });
  const over = stormMessage(view({ storm, waiting: 0, oldestWaitingAt: null }), names);
  assert.match(over.text, /The storm is over\*: 214 mentions from/u);
  assert.deepEqual(buttonsIn(over.blocks), []);
});

test('words and places of strangers stand where Slack parses nothing', () => {
  const hostile = '<!channel>';
  const places = [{ label: hostile, count: 3 }];
  const { blocks } = stormMessage(view({ words: [hostile], places }), () => hostile);
  for (const { kind, text } of textsIn(blocks)) {
    if (kind === 'mrkdwn') assert.doesNotMatch(text, /<!channel>/u);
  }
});

test('bars are as high as their counts, and none is the lowest', () => {
  assert.equal(bars([0, 1, 7, 100]), '▁▂▂█');
  assert.equal(bars([0, 0]), '▁▁');
});

test('what is held is one line with how many and since when', () => {
  const { blocks } = heldMessage({ kind: 'held', count: 38, oldestFoundAt: NOON });
  assertWithinLimits(blocks);
  assert.match(reading(blocks), /38 held, the oldest found <!date/u);
});
