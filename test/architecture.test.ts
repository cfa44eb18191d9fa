import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';

/** A room of the house: which rooms it may enter, and which packages it alone owns. */
interface Room {
  imports: readonly string[];
  packages: readonly string[];
  /** Whether it may use Node's own modules. */
  node: boolean;
}

const ROOMS: Readonly<Record<string, Room>> = {
  core: { imports: [], packages: ['sentiment', 'eld', 'libphonenumber-js', 'tldts'], node: false },
  flows: { imports: ['core'], packages: [], node: false },
  sources: {
    imports: ['core'],
    packages: [
      'rss-parser',
      'feedsmith',
      'htmlparser2',
      'html-to-text',
      'undici',
      'ipaddr.js',
      'ws',
      'p-queue',
      'robots-parser',
    ],
    node: true,
  },
  store: { imports: ['core', 'migrations'], packages: ['knex', 'sqlite3', 'pg'], node: true },
  slack: {
    imports: ['core', 'flows'],
    packages: ['@slack/bolt', '@slack/oauth', '@slack/web-api', 'p-queue'],
    node: true,
  },
  sandbox: { imports: ['core'], packages: ['emulate', 'ws'], node: true },
  migrations: { imports: [], packages: ['knex'], node: false },
  'schedule.ts': { imports: ['core', 'flows'], packages: ['node-cron', 'p-queue'], node: true },
  jobs: { imports: ['core', 'schedule.ts'], packages: ['pg-boss'], node: true },
  'metrics.ts': { imports: ['flows'], packages: ['prom-client'], node: false },
  'web.ts': { imports: ['core'], packages: [], node: true },
  'log.ts': { imports: ['core'], packages: ['pino'], node: false },
  'variables.ts': { imports: [], packages: [], node: false },
  'version.ts': { imports: [], packages: [], node: false },
  'secret.ts': { imports: [], packages: [], node: true },
  'config.ts': { imports: ['schedule.ts', 'variables.ts'], packages: ['zod'], node: true },
};

/** These compose the others, and may enter every room. */
const COMPOSERS = [
  'main.ts',
  'base.ts',
  'chores.ts',
  'connect.ts',
  'installs.ts',
  'local.ts',
  'cli.ts',
  'cli',
];

const ALL_ROOMS = [...Object.keys(ROOMS), ...COMPOSERS];

interface File {
  path: string;
  room: string;
  imports: string[];
}

function readFiles(): File[] {
  const found = [...walk('src'), ...walk('migrations')].filter((path) => path.endsWith('.ts'));
  return found.map((path) => ({ path, room: roomOf(path), imports: importsOf(path) }));
}

function walk(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) =>
    join(folder, name),
  );
}

function roomOf(path: string): string {
  const parts = path.split('/');
  return (parts[0] === 'src' ? parts[1] : parts[0]) ?? path;
}

function importsOf(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  const found = text.matchAll(
    /^(?:import|export)\s[^;'"]*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^'$]+)'\)/gmu,
  );
  return [...found].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

function targetOf(file: File, specifier: string): string {
  return relative('.', join(dirname(file.path), specifier));
}

function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier);
}

const files = readFiles();

test('every file lives in a room of the house', () => {
  for (const { path, room } of files) assert.ok(ALL_ROOMS.includes(room), path);
});

test('the rooms enter only the rooms that they may', () => {
  for (const file of files) {
    const room = ROOMS[file.room];
    if (room === undefined) continue;
    for (const specifier of file.imports.filter((one) => one.startsWith('.'))) {
      const target = roomOf(targetOf(file, specifier));
      const allowed = target === file.room || room.imports.includes(target);
      assert.ok(allowed, `${file.path} enters ${target} by ${specifier}`);
    }
  }
});

test('every package has an owner, and nobody else uses it', () => {
  for (const file of files) {
    const room = ROOMS[file.room];
    for (const specifier of file.imports.filter((one) => !one.startsWith('.'))) {
      const isNode = specifier.startsWith('node:');
      assert.ok(isNode || !builtinModules.includes(specifier), `${file.path}: node:${specifier}`);
      if (room === undefined) continue;
      if (isNode) assert.ok(room.node, `${file.path} is pure, and imports ${specifier}`);
      else assert.ok(room.packages.includes(packageOf(specifier)), `${file.path}: ${specifier}`);
    }
  }
});

test('only main and the commands read the configuration or the environment', () => {
  for (const file of files) {
    if (COMPOSERS.includes(file.room) || file.room === 'config.ts') continue;
    const targets = file.imports.map((specifier) => targetOf(file, specifier));
    assert.ok(!targets.includes('src/config.ts'), file.path);
    assert.doesNotMatch(readFileSync(file.path, 'utf8'), /process\.env/u, file.path);
  }
});

test('the core and the flows read no clock and draw no lots', () => {
  for (const file of files) {
    if (file.room !== 'core' && file.room !== 'flows') continue;
    const text = readFileSync(file.path, 'utf8');
    assert.doesNotMatch(text, /new Date\(\)|Date\.now\(|Math\.random\(|randomUUID/u, file.path);
  }
});

test('no import goes round in a circle', () => {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  function visit(path: string, trail: readonly string[]): void {
    if (trail.includes(path)) assert.fail([...trail, path].join(' -> '));
    const file = byPath.get(path);
    if (file === undefined || done.has(path)) return;
    for (const specifier of file.imports.filter((one) => one.startsWith('.'))) {
      visit(targetOf(file, specifier), [...trail, path]);
    }
    done.add(path);
  }
  for (const { path } of files) visit(path, []);
});

test('no room is called utils, helpers, common, services or types', () => {
  for (const { path } of files) {
    assert.doesNotMatch(path, /\/(?:utils?|helpers?|common|services|types)(?:\/|\.ts$)/u);
  }
});

test('only lifecycle.ts computes a status', () => {
  for (const file of files) {
    if (file.path === 'src/core/lifecycle.ts') continue;
    const text = readFileSync(file.path, 'utf8');
    const assigns = /\bstatus(?::|\s=)\s*'(?:open|claimed|answered|dismissed|withdrawn|expired)'/u;
    assert.doesNotMatch(text, assigns, file.path);
  }
});
