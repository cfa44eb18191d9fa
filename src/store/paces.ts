import type { Knex } from 'knex';
import type { Paces } from '../core/ports.ts';

/** The database's clock, in milliseconds; it goes on within a transaction. */
const NOW = `floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint`;
/** The places that were taken last, oldest first, as many as the pace counts. */
const TAKEN = `string_to_array(paces.taken, ' ')::bigint[]`;
/** A place is free when the pace allows it, and never before the one that was given out last. */
const NEXT = `greatest(${NOW}, paces.free_at, (${TAKEN})[cardinality(${TAKEN}) + 1 - :calls] + :per)`;
const LEFT = `(SELECT greatest(0, free_at - ${NOW}) FROM paces WHERE name = :gate)`;

/**
 * Paces on Postgres: one statement gives out a place, so that no two processes get the same. The
 * times are those of the database, whatever the clocks of the processes say.
 */
export function createPaces(db: Knex): Paces {
  return {
    async reserve(lane, { calls, perMs }, gate) {
      const { rows } = (await db.raw(
        `INSERT INTO paces (name, free_at, taken) VALUES (:lane, ${NOW}, (${NOW})::text)
        ON CONFLICT (name) DO UPDATE SET (free_at, taken) = (
          SELECT next.at, array_to_string(
            (${TAKEN} || next.at)[greatest(1, cardinality(${TAKEN}) + 2 - :calls):], ' ')
          FROM (SELECT ${NEXT} AS at) AS next)
        RETURNING greatest(0, free_at - ${NOW}) AS turn, ${LEFT} AS gate`,
        { lane, calls, per: perMs, gate },
      )) as { rows: { turn: string; gate: string | null }[] };
      const [row] = rows;
      return { turnMs: Number(row?.turn ?? 0), gateMs: Number(row?.gate ?? 0) };
    },

    async shut(gate, milliseconds) {
      await db.raw(
        `INSERT INTO paces (name, free_at, taken) VALUES (:gate, ${NOW} + :ms, '')
        ON CONFLICT (name) DO UPDATE SET free_at = greatest(paces.free_at, excluded.free_at)`,
        { gate, ms: Math.ceil(milliseconds) },
      );
    },

    async shutFor(gate) {
      const { rows } = (await db.raw(`SELECT ${LEFT} AS gate`, { gate })) as {
        rows: { gate: string | null }[];
      };
      return Number(rows[0]?.gate ?? 0);
    },

    async prune(milliseconds) {
      await db.raw(`DELETE FROM paces WHERE free_at < ${NOW} - :ms`, { ms: milliseconds });
    },
  };
}
