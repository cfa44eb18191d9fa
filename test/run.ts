/**
 * Runs the tests: `npm test` for all, `npm test -- store query` for the files whose path holds one
 * of the words. Node 20 finds no TypeScript tests by itself, hence this file.
 */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const words = process.argv.slice(2);
const files = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => join('test', file))
  .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
  .sort();
if (files.length === 0) {
  console.error(`No test file under test/ has ${words.join(' or ')} in its path.`);
  process.exit(2);
}
const runner = spawn(
  process.execPath,
  ['--import', 'tsx', '--test', '--test-concurrency=3', '--test-reporter=spec', ...files],
  { stdio: 'inherit' },
);
runner.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
