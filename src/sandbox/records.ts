/**
 * The tables that the emulated Slack keeps its state in. They are ours rather than the emulator's
 * own so that every change can be seen (the page is live) and written to disk (ids survive a
 * restart: the bot's database refers to them).
 */

export interface Row {
  id: number;
  created_at: string;
  updated_at: string;
  [field: string]: unknown;
}
export type Fields = Record<string, unknown>;
export type Change = 'insert' | 'update' | 'delete';

export interface Table {
  insert(fields: Fields): Row;
  get(id: number): Row | undefined;
  findBy(field: string, value: unknown): Row[];
  findOneBy(field: string, value: unknown): Row | undefined;
  update(id: number, fields: Fields): Row | undefined;
  delete(id: number): boolean;
  all(): Row[];
  clear(): void;
}

export interface Records {
  collection(name: string): Table;
  getData(key: string): unknown;
  setData(key: string, value: unknown): void;
  /** Calls back after each change, until the returned function is called. */
  onChange(listener: (table: string, change: Change, row: Row) => void): () => void;
  /** The rows of these tables, for the disk. */
  snapshot(tables: readonly string[]): Record<string, Row[]>;
  restore(saved: Record<string, Row[]>): void;
}

/** Empty tables in memory. `now` dates the rows. */
export function createRecords(now: () => Date): Records {
  const tables = new Map<string, Table>();
  const data = new Map<string, unknown>();
  const listeners = new Set<(table: string, change: Change, row: Row) => void>();

  function createTable(name: string): Table {
    const rows = new Map<number, Row>();
    /** By field, then by value; a field is indexed when it is first searched. */
    const indexes = new Map<string, Map<unknown, Set<number>>>();
    let nextId = 1;

    function enter(index: Map<unknown, Set<number>>, field: string, row: Row): void {
      index.set(row[field], (index.get(row[field]) ?? new Set<number>()).add(row.id));
    }
    function indexOf(field: string): Map<unknown, Set<number>> {
      const found = indexes.get(field);
      if (found) return found;
      const index = new Map<unknown, Set<number>>();
      for (const row of rows.values()) enter(index, field, row);
      indexes.set(field, index);
      return index;
    }
    function put(row: Row): void {
      rows.set(row.id, row);
      for (const [field, index] of indexes) enter(index, field, row);
    }
    function drop(row: Row): void {
      rows.delete(row.id);
      for (const [field, index] of indexes) {
        const ids = index.get(row[field]);
        ids?.delete(row.id);
        if (ids?.size === 0) index.delete(row[field]);
      }
    }
    function tell(change: Change, row: Row): void {
      for (const listener of listeners) listener(name, change, row);
    }
    function findBy(field: string, value: unknown): Row[] {
      // An updated row must not move to the end: the emulator takes "the first" of what it finds.
      const ids = [...(indexOf(field).get(value) ?? [])].sort((a, b) => a - b);
      return ids.map((id) => rows.get(id)!);
    }

    return {
      insert(fields) {
        const at = now().toISOString();
        const given = typeof fields['id'] === 'number' ? fields['id'] : nextId;
        nextId = Math.max(nextId, given + 1);
        const row: Row = { created_at: at, updated_at: at, ...fields, id: given };
        put(row);
        tell('insert', row);
        return row;
      },
      get: (id) => rows.get(id),
      findBy,
      findOneBy: (field, value) => findBy(field, value)[0],
      update(id, fields) {
        const before = rows.get(id);
        if (!before) return undefined;
        const row: Row = { ...before, ...fields, id, updated_at: now().toISOString() };
        for (const [field, index] of indexes) index.get(before[field])?.delete(id);
        put(row);
        tell('update', row);
        return row;
      },
      delete(id) {
        const row = rows.get(id);
        if (!row) return false;
        drop(row);
        tell('delete', row);
        return true;
      },
      all: () => [...rows.values()],
      clear() {
        for (const row of [...rows.values()]) drop(row);
      },
    };
  }

  function collection(name: string): Table {
    const table = tables.get(name) ?? createTable(name);
    tables.set(name, table);
    return table;
  }

  return {
    collection,
    getData: (key) => data.get(key),
    setData: (key, value) => void data.set(key, value),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: (names) => Object.fromEntries(names.map((name) => [name, collection(name).all()])),
    restore(saved) {
      for (const [name, rows] of Object.entries(saved)) {
        const table = collection(name);
        for (const row of rows) table.insert(row);
      }
    },
  };
}
