import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test, type TestContext } from 'node:test';
import { temporaryFolder } from './helpers/stores.ts';

/** A checkout whose program says one word. */
function checkout(t: TestContext) {
  const folder = temporaryFolder(t);
  cpSync('bin', join(folder, 'bin'), { recursive: true });
  for (const name of ['package.json', 'tsconfig.json']) cpSync(name, join(folder, name));
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  for (const name of ['src', 'migrations']) mkdirSync(join(folder, name));
  const write = (path: string, text: string) => writeFileSync(join(folder, path), text);
  write('src/cli.ts', "import { word } from './word.ts';\nconsole.log(word as string);\n");
  write('src/word.ts', "export const word: string = 'first';\n");
  return {
    write,
    built: () => readFileSync(join(folder, 'dist/src/word.js'), 'utf8'),
    folders: () => readdirSync(folder).filter((name) => name.startsWith('dist')),
    async run(): Promise<string> {
      const child = spawn(process.execPath, [join(folder, 'bin/earshot.js')]);
      let said = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
      const [code] = (await once(child, 'close')) as [number | null];
      return code === 0 ? said.trim() : `exit ${code}`;
    },
  };
}

test('what has changed since the last build is built, and nothing else', async (t) => {
  const { write, built, run } = checkout(t);
  assert.equal(await run(), 'first');
  write('dist/src/word.js', "export const word = 'untouched';\n");
  assert.equal(await run(), 'untouched');
  write('src/word.ts', "export const word: string = 'second';\n");
  assert.equal(await run(), 'second');
  assert.match(built(), /second/u);
});

test('a build that fails leaves the old one whole, and nothing lying about', async (t) => {
  const { write, built, folders, run } = checkout(t);
  await run();
  write('src/word.ts', 'export const word: string = ;\n');
  assert.equal(await run(), 'exit 1');
  assert.match(built(), /first/u);
  assert.deepEqual(folders(), ['dist']);
});

test('several that start at once on a new checkout all start', async (t) => {
  const { folders, run } = checkout(t);
  const words = await Promise.all(Array.from({ length: 4 }, run));
  assert.deepEqual(words, ['first', 'first', 'first', 'first']);
  assert.deepEqual(folders(), ['dist']);
});
