import type { Knex } from 'knex';

/** Whose fingerprint it is. */
const SECRET = 'secret';

interface FingerprintRow {
  name: string;
  value: string;
}

const fingerprints = (db: Knex) => db<FingerprintRow>('fingerprints');

/** Of the secret by which the hashes and seals of a database were made; null before its first start. */
export async function readFingerprint(db: Knex): Promise<string | null> {
  const row = await fingerprints(db).where({ name: SECRET }).first();
  return row?.value ?? null;
}

/** Keeps the first one; returns the one that is kept. Of several that come at once, one is first. */
export async function keepFingerprint(db: Knex, value: string): Promise<string> {
  await fingerprints(db).insert({ name: SECRET, value }).onConflict('name').ignore();
  return (await readFingerprint(db)) ?? value;
}

export async function replaceFingerprint(db: Knex, value: string): Promise<void> {
  await fingerprints(db).insert({ name: SECRET, value }).onConflict('name').merge();
}
