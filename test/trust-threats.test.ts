import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

interface Named {
  threat: string;
  file: string;
  name: string;
}

/** The tests that the page names, threat by threat. */
function named(): { threats: string[]; tests: Named[] } {
  const rows = readFileSync('docs/THREATS.md', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|\s*(?:-|wants|finds)/u.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  return {
    threats: rows.map(([threat = '']) => threat),
    tests: rows.flatMap(([threat = '', , tests = '']) =>
      [...tests.matchAll(/`([^`]+)` "([^"]+)"/gu)].map(([, file = '', name = '']) => ({
        ...{ threat, file, name },
      })),
    ),
  };
}

/** The source of every test, by its path under `test`. */
function sources(): Map<string, string> {
  const paths = readdirSync('test', { recursive: true, encoding: 'utf8' });
  return new Map(
    paths
      .filter((path) => path.endsWith('.ts'))
      .map((path) => [path, readFileSync(join('test', path), 'utf8')]),
  );
}

test('every threat names a test that stands against it, and every test that is named is there', () => {
  const all = sources();
  const { threats, tests } = named();
  assert.ok(threats.length >= 20);
  const without = threats.filter((threat) => !tests.some((one) => one.threat === threat));
  assert.deepEqual(without, []);
  const missing = tests.filter(({ file, name }) => {
    const files = [...all].filter(([path]) => path.includes(file) && path.endsWith('.test.ts'));
    // The contract of the stores is written once, for every kind of them.
    const shared = file.startsWith('store/')
      ? [...all].filter(([path]) => path.startsWith('store/'))
      : [];
    return files.length === 0 || ![...files, ...shared].some(([, text]) => text.includes(name));
  });
  assert.deepEqual(missing, []);
});
