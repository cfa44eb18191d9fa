import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseQuery, showError } from '../../src/core/query/index.ts';
import { sources } from '../../src/sources/index.ts';

const kinds = sources.map(({ kind }) => kind);

/** What the README calls them, where that is not their kind. */
const CALLED: Readonly<Record<string, string>> = {
  appstore: 'App Store',
  feed: 'feeds',
  googleplay: 'Google Play',
  hackernews: 'Hacker News',
  stackexchange: 'Stack Exchange',
};

/** The cells of the README's table of places: place, hears, needs, limits, rules. */
function rows(): string[][] {
  const part = readFileSync('README.md', 'utf8').split(/^## What it can hear$/mu)[1] ?? '';
  const table = (part.split(/^## /mu)[0] ?? '').split('\n').filter((line) => line.startsWith('|'));
  return table.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

test('the README has a row for every place, which says what its contract says', () => {
  const table = rows();
  assert.equal(table.length, sources.length);
  for (const { kind, needs, politeness, rules } of sources) {
    const name = (CALLED[kind] ?? kind).toLowerCase();
    const cells = table.find(([place = '']) => place.toLowerCase().startsWith(name));
    assert.ok(cells, `a row for ${kind}`);
    const [, , needed = '', limits = '', kept = ''] = cells;
    assert.equal(cells.length, 5);
    assert.ok(
      cells.every((cell) => cell !== ''),
      `${kind}: every cell says something`,
    );
    assert.equal(/^nothing\b/u.test(needed), needs === null, `${kind} needs ${needed}`);
    const minutes = /every (\d+) minutes/u.exec(limits)?.[1];
    if (minutes !== undefined) assert.equal(Number(minutes) * 60, politeness.intervalSeconds, kind);
    const days = /kept for (\d+) days/u.exec(kept)?.[1];
    assert.equal(days === undefined ? null : Number(days), rules.keepDays, `${kind} is kept`);
  }
});

test('every source says in words what it hears, what it cannot, and what it takes', () => {
  const examples = readFileSync('.env.example', 'utf8');
  assert.equal(new Set(kinds).size, kinds.length);
  for (const source of sources) {
    const { kind, name, hears, cannotHear, needs, politeness, poll, listen } = source;
    assert.match(kind, /^[a-z]+$/u);
    for (const words of [name, hears, cannotHear]) assert.notEqual(words, '', kind);
    assert.ok((poll === undefined) !== (listen === undefined), `${kind} polls or listens`);
    assert.ok(politeness.minimumSeconds <= politeness.intervalSeconds, kind);
    assert.equal(source.recognise('not an address'), null, kind);
    for (const setting of needs?.settings ?? []) {
      assert.match(examples, new RegExp(`^${setting}=`, 'mu'));
    }
    if (needs !== null) assert.ok(needs.how.length > 40, `${kind} says what it takes`);
  }
});

test('the names by which people call a place lead to its kind', () => {
  const known = { sources: kinds };
  for (const [typed, kind] of [
    ['rss', 'feed'],
    ['hn', 'hackernews'],
    ['twitter', 'x'],
    ['bsky', 'bluesky'],
    ['stackoverflow', 'stackexchange'],
    ['subreddit', 'reddit'],
    ['ios', 'appstore'],
    ['android', 'googleplay'],
    ['mastdon', 'mastodon'],
  ]) {
    const query = `acme source:${typed}`;
    const outcome = parseQuery(query, known);
    assert.ok(!outcome.ok);
    assert.match(showError(query, outcome.error), new RegExp(`Write: acme source:${kind}$`, 'u'));
  }
  for (const kind of kinds) assert.ok(parseQuery(`acme source:${kind}`, known).ok);
});
