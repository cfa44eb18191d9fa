import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linksIn } from '../../../src/slack/blocks/links.ts';

test('links are found as Slack marks them up and as people type them, each once, in order', () => {
  const text =
    'See <https://a.example/1?x=1&amp;y=2|this>, <https://b.example> and https://c.example/p (https://a.example/d). <mailto:x@y.example|mail> <@U1>';
  assert.deepEqual(linksIn({ text }), [
    'https://a.example/1?x=1&y=2',
    'https://b.example',
    'https://c.example/p',
    'https://a.example/d',
  ]);
});

test('links in blocks and attachments count too', () => {
  const message = {
    text: '',
    blocks: [
      {
        type: 'rich_text',
        elements: [
          { type: 'rich_text_section', elements: [{ type: 'link', url: 'https://a.example' }] },
        ],
      },
      { type: 'section', text: { type: 'mrkdwn', text: 'or <https://b.example/2|there>' } },
    ],
    attachments: [{ from_url: 'https://c.example/3', text: 'https://a.example' }],
  };
  assert.deepEqual(linksIn(message).sort(), [
    'https://a.example',
    'https://b.example/2',
    'https://c.example/3',
  ]);
});

test('what is no message, or holds no web address, has no links', () => {
  for (const nothing of [
    null,
    undefined,
    'https://a.example',
    7,
    {},
    { text: 'ftp://a.example' },
  ]) {
    assert.deepEqual(linksIn(nothing), []);
  }
});
