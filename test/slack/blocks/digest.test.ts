import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digestMessage, digestPage, PAGE } from '../../../src/slack/blocks/digest.ts';
import { assertWithinLimits, buttonsIn, reading, textsIn } from '../../helpers/blocks.ts';
import { NOON, sampleKeyword, sampleMention } from '../../helpers/samples.ts';

const row = (over: Parameters<typeof sampleMention>[0] = {}) => ({
  mention: sampleMention({ status: 'quiet', ...over }),
  keyword: sampleKeyword(),
  sourceLabel: 'forum.example, newest posts (sample)',
});
const verdict = { ...sampleMention().verdict, judged: false };

test('a full digest and a full page of long posts stay within what Slack takes', () => {
  const long = { text: '<!channel> & <https://evil.example|bank> '.repeat(200) };
  const rows = Array.from({ length: PAGE }, () => row(long));
  const digest = { since: NOON, total: 400, rows: rows.slice(0, 15) };
  assertWithinLimits(digestMessage({ kind: 'digest', ...digest }).blocks);
  assertWithinLimits(digestPage({ since: NOON, total: 400, page: 2, rows }).blocks);
});

test('what a stranger wrote stands only where Slack parses nothing', () => {
  const hostile = '<!channel> *look* <@U1SAM>';
  const keyword = sampleKeyword({ query: hostile });
  const rows = [{ ...row({ text: hostile }), keyword, sourceLabel: hostile }];
  const { blocks, text } = digestMessage({ kind: 'digest', since: NOON, total: 1, rows });
  assert.doesNotMatch(text, /channel/u);
  for (const { kind, text: words } of textsIn(blocks)) {
    if (kind === 'mrkdwn') assert.doesNotMatch(words, /<!channel>|look|<@/u);
  }
});

test('what could not be judged says in which language it is', () => {
  const said = (language: string | null) =>
    reading(
      digestMessage({ kind: 'digest', since: NOON, total: 1, rows: [row({ verdict, language })] }),
    );
  assert.match(said('de'), /German, not judged/u);
  assert.match(said(null), /Unknown language, not judged/u);
  assert.match(said('no such thing'), /Unknown language, not judged/u);
});

test('a line without an address offers no Open, and one that is gone offers nothing', () => {
  const rows = [row({ url: null }), row({ status: 'withdrawn', text: null }), row()];
  const { blocks } = digestMessage({ kind: 'digest', since: NOON, total: 3, rows });
  assert.deepEqual(buttonsIn(blocks), ['It is negative', 'It is negative', 'Open']);
});
