// @ts-check
/** Makes JavaScript of the TypeScript, file by file. Types are checked elsewhere: `npm run typecheck`. */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DIST = join(ROOT, 'dist');
/** What a program consists of. */
const PARTS = ['src', 'migrations'];
/** Which sources a build was made from. */
const STAMP = '.sources';

/** Builds `dist`, unless it was built from these very sources. */
export async function ensureBuilt() {
  const sources = digest();
  if (stampOf(DIST) !== sources) await buildDist(sources);
}

/**
 * Compiles the `.ts` of folders of the checkout, and copies what else is in them.
 * @param {string} target Where to; the folders lie in it as they do in the checkout.
 * @param {readonly string[]} parts
 */
export async function build(target, parts = PARTS) {
  const { build: compile } = await import('esbuild').catch(() => {
    throw new Error('Earshot has to be built, and esbuild is not installed: npm install');
  });
  const files = filesOf(parts).filter((file) => !file.endsWith('.d.ts'));
  for (const file of files.filter((one) => !one.endsWith('.ts'))) {
    mkdirSync(dirname(join(target, file)), { recursive: true });
    cpSync(join(ROOT, file), join(target, file));
  }
  await compile({
    absWorkingDir: ROOT,
    entryPoints: files.filter((file) => file.endsWith('.ts')),
    outbase: ROOT,
    outdir: resolve(target),
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    charset: 'utf8',
    bundle: true,
    treeShaking: false,
    plugins: [fileByFile],
    logLevel: 'silent',
  });
}

/** @type {import('esbuild').Plugin} A bundle of each file alone, so that the names in imports can be changed. */
const fileByFile = {
  name: 'file by file',
  setup({ onResolve }) {
    onResolve({ filter: /./ }, ({ kind, path }) =>
      kind === 'entry-point'
        ? undefined
        : { path: path.replace(/^(\..*)\.ts$/u, '$1.js'), external: true },
    );
  },
};

/** Beside `dist` first, so that whoever dies meanwhile leaves the old one whole. */
async function buildDist(/** @type {string} */ sources) {
  const [made, old] = [`${DIST}.${process.pid}.new`, `${DIST}.${process.pid}.old`];
  try {
    await build(made);
    writeFileSync(join(made, STAMP), sources);
    if (moved(made, DIST) || stampOf(DIST) === sources) return;
    moved(DIST, old);
    // Of several that start at once, one is first, and all have built the same.
    if (!moved(made, DIST) && stampOf(DIST) !== sources) throw new Error(`${DIST} is in use.`);
  } finally {
    for (const folder of [made, old]) rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns {boolean} False: something is there already, or there is nothing to move. */
function moved(/** @type {string} */ from, /** @type {string} */ to) {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (['ENOTEMPTY', 'EEXIST', 'EPERM', 'ENOENT'].includes(code ?? '')) return false;
    throw error;
  }
}

function digest() {
  const hash = createHash('sha256');
  for (const file of [...filesOf([...PARTS, 'bin']), 'package.json', 'tsconfig.json']) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(ROOT, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** @returns {string[]} Paths from the root of the checkout, in order. */
function filesOf(/** @type {readonly string[]} */ folders) {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length))
      .sort(),
  );
}

/** @returns {string | null} */
function stampOf(/** @type {string} */ folder) {
  const file = join(folder, STAMP);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  rmSync(join(DIST, STAMP), { force: true });
  await ensureBuilt();
}
