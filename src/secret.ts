import { createHmac, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * The key of the author hashes: the one that is given, or one that is made at the first start and
 * kept in a file that only this user may read.
 */
export function keepSecret(given: string | null, file: string): string {
  if (given !== null) return given;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const secret = randomBytes(32).toString('hex');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${secret}\n`, { mode: 0o600, flag: 'wx' });
  return secret;
}

/**
 * A hash that stands for an author without naming one: HMAC-SHA-256 (RFC 2104) over source kind and
 * handle, in hex. Without the key, nobody can tell which handle it is, or whether two installations
 * mean the same person.
 */
export function authorHasher(secret: string): (sourceKind: string, author: string) => string {
  return (sourceKind, author) =>
    createHmac('sha256', secret)
      .update(`${sourceKind}\0${author.trim().replace(/^@/u, '').toLowerCase()}`)
      .digest('hex');
}

/** Ids that sort by the time of their making: milliseconds, a counter for the same one, chance. */
export function createIds(clock: () => Date): () => string {
  let last = 0;
  let count = 0;
  return () => {
    const now = Math.max(clock().getTime(), last);
    count = now === last ? count + 1 : 0;
    last = now;
    const time = now.toString(36).padStart(9, '0');
    return `${time}${count.toString(36).padStart(4, '0')}${randomBytes(6).toString('hex')}`;
  };
}
