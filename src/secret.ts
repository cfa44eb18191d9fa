import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
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

/**
 * By which a secret is known again without being kept: drawn from it by HKDF-SHA-256 (RFC 5869) for
 * this alone, in hex.
 */
export function fingerprintOf(secret: string): string {
  return Buffer.from(hkdfSync('sha256', secret, 'earshot', 'fingerprint', 32)).toString('hex');
}

/** Keeps what is stored from whoever has only the database. */
export interface Seal {
  /** `about`: whose it is; it can be opened for nobody else. */
  close(plain: string, about: string): string;
  /** Throws a sentence for the operator when it was sealed with another secret, or tampered with. */
  open(sealed: string, about: string): string;
  /** Another key from the same secret, in hex. */
  key(purpose: string): string;
}

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM (NIST SP 800-38D) with a random nonce, under a key that HKDF-SHA-256 (RFC 5869) draws
 * from the secret for one purpose. Sealed: version, then nonce, tag and text in base64url.
 */
export function createSeal(secret: string, purpose: string): Seal {
  const draw = (info: string) => Buffer.from(hkdfSync('sha256', secret, 'earshot', info, 32));
  const key = draw(purpose);
  return {
    close(plain, about) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(about));
      const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return `1.${Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url')}`;
    },
    open(sealed, about) {
      try {
        const [version, body = ''] = sealed.split('.');
        if (version !== '1') throw new Error(`version ${version}`);
        const bytes = Buffer.from(body, 'base64url');
        const nonce = bytes.subarray(0, NONCE_BYTES);
        const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
        const text = bytes.subarray(NONCE_BYTES + TAG_BYTES);
        const options = { authTagLength: TAG_BYTES };
        const decipher = createDecipheriv(CIPHER, key, nonce, options);
        decipher.setAAD(Buffer.from(about)).setAuthTag(tag);
        return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
      } catch (error) {
        throw new Error(
          `What was sealed for ${about} cannot be read with this EARSHOT_SECRET. Set the one that it was stored with, or let the workspace install Earshot again.`,
          { cause: error },
        );
      }
    },
    key: (other) => draw(`${purpose} ${other}`).toString('hex'),
  };
}

/** Drawn at a time, as the call costs the same for a few bytes as for a page of them. */
const POOL_BYTES = 4096;
const CHANCE_BYTES = 6;

/** Ids that sort by the time of their making: milliseconds, a counter for the same one, chance. */
export function createIds(clock: () => Date): () => string {
  let last = 0;
  let count = 0;
  let pool = Buffer.alloc(0);
  let drawn = 0;
  const chance = () => {
    if (drawn + CHANCE_BYTES > pool.length) [pool, drawn] = [randomBytes(POOL_BYTES), 0];
    drawn += CHANCE_BYTES;
    return pool.toString('hex', drawn - CHANCE_BYTES, drawn);
  };
  return () => {
    const now = Math.max(clock().getTime(), last);
    count = now === last ? count + 1 : 0;
    last = now;
    const time = now.toString(36).padStart(9, '0');
    return `${time}${count.toString(36).padStart(4, '0')}${chance()}`;
  };
}
