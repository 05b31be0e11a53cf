import { accessSync, constants, existsSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { DeviceKey } from '../../protocol/names.ts';
import { DiskSync } from './disk-sync.ts';
import type { Width } from './levels.ts';
import type { SeriesName } from './series-dictionary.ts';
import { explainError, MetricsStoreError } from './store-error.ts';

/** "VigM": tells our file from any other SQLite file. */
const APPLICATION_ID = 0x56_69_67_4d;
const SCHEMA_VERSION = 2;

/** Steps from each version to the next, the first from an empty file: new files and old ones go the same way. */
const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE totals (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    applied INTEGER NOT NULL, samples INTEGER NOT NULL, series INTEGER NOT NULL, horizon REAL NOT NULL
  ) STRICT;
  INSERT INTO totals VALUES (1, 0, 0, 0, 0);
  CREATE TABLE series (id INTEGER PRIMARY KEY, measurement TEXT NOT NULL, tags TEXT NOT NULL, field TEXT NOT NULL) STRICT;
  CREATE TABLE device (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, latest BLOB NOT NULL) STRICT;
  CREATE TABLE chunk (
    id INTEGER PRIMARY KEY, device INTEGER NOT NULL,
    start REAL NOT NULL, end REAL NOT NULL, samples INTEGER NOT NULL, columns BLOB NOT NULL
  ) STRICT;
  CREATE INDEX chunk_of_device ON chunk (device, end, start, samples);
  PRAGMA application_id = ${APPLICATION_ID};
`,
  `
  ALTER TABLE chunk ADD COLUMN width INTEGER NOT NULL DEFAULT 0;
  DROP INDEX chunk_of_device;
  CREATE INDEX chunk_of_device ON chunk (device, width, end, start, samples);
`,
];

/** What is true of the whole file, kept in the same transactions as the chunks. */
export interface Totals {
  /** The last log row on disk. */
  applied: number;
  /** Those in roll-ups are not counted. */
  samples: number;
  series: number;
  /** Samples before this instant are no longer told. */
  horizon: number;
}

export interface ChunkRow {
  id: number;
  start: number;
  end: number;
  /** Numbers it holds: samples, or the figures of roll-ups. */
  samples: number;
}

/**
 * The tables of the embedded metrics store. Chunks of a device bear rising ids in the order of the log: where two hold
 * the same sample, the one with the higher id is right; where two hold the same bucket of a roll-up, both count.
 */
export class MetricsFile {
  readonly path: string;
  readonly #database: DatabaseSync;
  readonly #disk: DiskSync;
  readonly #statements = new Map<string, StatementSync>();

  /** Throws a MetricsStoreError when the file can't be used, or was written by a newer version. */
  constructor(path: string) {
    this.path = path;
    this.#disk = new DiskSync(path);
    try {
      // SQLite would say no more than that the disk is at fault.
      if (existsSync(path)) accessSync(path, constants.R_OK | constants.W_OK);
      this.#database = new DatabaseSync(path);
    } catch (error) {
      throw explainError(path, error);
    }
    try {
      this.#prepareFile();
    } catch (error) {
      this.#database.close();
      throw explainError(path, error);
    }
  }

  begin(): void {
    this.#database.exec('BEGIN');
  }

  /** A later transaction never lasts without the ones before it. */
  commit(): void {
    this.#database.exec('COMMIT');
  }

  /**
   * All that was committed lasts from now on, whatever happens to the power, and stands in the database itself. No
   * transaction may be open, nor begin until it resolves: the write-ahead log may be written from its start again once
   * the database has it for good, and no sooner.
   */
  async checkpoint(): Promise<void> {
    await this.#disk.syncLog();
    try {
      this.#database.exec('PRAGMA synchronous = OFF; PRAGMA wal_checkpoint(PASSIVE)');
      await this.#disk.syncDatabase();
    } finally {
      this.#database.exec('PRAGMA synchronous = NORMAL');
    }
  }

  rollback(): void {
    // A full disk makes SQLite roll back by itself.
    if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
  }

  totals(): Totals {
    return this.#prepare('SELECT applied, samples, series, horizon FROM totals').get() as unknown as Totals;
  }

  saveTotals({ applied, samples, series, horizon }: Totals): void {
    this.#prepare('UPDATE totals SET applied = ?, samples = ?, series = ?, horizon = ?').run(
      applied,
      samples,
      series,
      horizon,
    );
  }

  *series(): Generator<SeriesName> {
    for (const row of this.#prepare('SELECT measurement, tags, field FROM series ORDER BY id').iterate()) {
      const { measurement, tags, field } = row as unknown as { measurement: string; tags: string; field: string };
      yield { measurement, tags: JSON.parse(tags) as Record<string, string>, field };
    }
  }

  addSeries(id: number, { measurement, tags, field }: SeriesName): void {
    this.#prepare('INSERT INTO series VALUES (?, ?, ?, ?)').run(id, measurement, JSON.stringify(tags), field);
  }

  devices(): Iterable<{ id: number; key: DeviceKey }> {
    return this.#prepare('SELECT id, key FROM device').iterate() as unknown as Iterable<{ id: number; key: DeviceKey }>;
  }

  /** Ids above `after`, ascending. */
  deviceIdsAfter(after: number, limit: number): number[] {
    const rows = this.#prepare('SELECT id FROM device WHERE id > ? ORDER BY id LIMIT ?').all(after, limit);
    return rows.map((row) => row.id as number);
  }

  latest(device: number): Uint8Array | undefined {
    return this.#prepare('SELECT latest FROM device WHERE id = ?').get(device)?.latest as Uint8Array | undefined;
  }

  saveDevice(id: number, key: DeviceKey, latest: Uint8Array): void {
    this.#prepare('INSERT INTO device VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET latest = excluded.latest').run(
      id,
      key,
      latest,
    );
  }

  deleteDevice(id: number): void {
    this.#prepare('DELETE FROM device WHERE id = ?').run(id);
  }

  hasChunks(device: number): boolean {
    return this.#prepare('SELECT 1 FROM chunk WHERE device = ? LIMIT 1').get(device) !== undefined;
  }

  /** A device's chunks of one width, without their content, in the order of the log. */
  chunks(device: number, width: Width): ChunkRow[] {
    return this.#prepare('SELECT id, start, end, samples FROM chunk WHERE device = ? AND width = ? ORDER BY id').all(
      device,
      width,
    ) as unknown as ChunkRow[];
  }

  /** Those of them that hold anything in [from, to). */
  chunksWithin(device: number, width: Width, from: number, to: number): ChunkRow[] {
    return this.#prepare(
      'SELECT id, start, end, samples FROM chunk WHERE device = ? AND width = ? AND end >= ? AND start < ? ORDER BY id',
    ).all(device, width, from, to) as unknown as ChunkRow[];
  }

  /** Numbers in all chunks. */
  numbers(): number {
    return this.#prepare('SELECT total(samples) AS numbers FROM chunk').get()?.numbers as number;
  }

  chunkColumns(id: number): Uint8Array {
    return this.#prepare('SELECT columns FROM chunk WHERE id = ?').get(id)?.columns as Uint8Array;
  }

  addChunk(device: number, width: Width, chunk: Omit<ChunkRow, 'id'>, columns: Uint8Array): void {
    this.#prepare('INSERT INTO chunk VALUES (NULL, ?, ?, ?, ?, ?, ?)').run(
      device,
      chunk.start,
      chunk.end,
      chunk.samples,
      columns,
      width,
    );
  }

  replaceChunk({ id, start, end, samples }: ChunkRow, columns: Uint8Array): void {
    this.#prepare('UPDATE chunk SET start = ?, end = ?, samples = ?, columns = ? WHERE id = ?').run(
      start,
      end,
      samples,
      columns,
      id,
    );
  }

  deleteChunk(id: number): void {
    this.#prepare('DELETE FROM chunk WHERE id = ?').run(id);
  }

  bytes(): number {
    const pages = this.#prepare('PRAGMA page_count').get()?.page_count as number;
    return pages * (this.#prepare('PRAGMA page_size').get()?.page_size as number);
  }

  async close(): Promise<void> {
    this.#database.close();
    await this.#disk.close();
  }

  #prepareFile(): void {
    // One process at a time: two would each number series and devices in their own way.
    this.#database.exec('PRAGMA locking_mode = EXCLUSIVE');
    // Larger pages make shorter checkpoints; yet larger ones waste too much at the end of each chunk.
    this.#database.exec('PRAGMA page_size = 8192; PRAGMA journal_mode = WAL');
    this.#database.exec('PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 0');
    this.#database.exec('PRAGMA journal_size_limit = 67108864; BEGIN IMMEDIATE');
    const { user_version: version } = this.#database.prepare('PRAGMA user_version').get() as { user_version: number };
    const { application_id: owner } = this.#database.prepare('PRAGMA application_id').get() as {
      application_id: number;
    };
    const { tables } = this.#database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get() as {
      tables: number;
    };
    if (owner !== APPLICATION_ID && tables > 0) {
      throw new MetricsStoreError(`${this.path} is a database, but not a metrics store.`);
    }
    if (version > SCHEMA_VERSION) {
      throw new MetricsStoreError(
        `${this.path} was written by a newer version (schema ${version}; this version knows ${SCHEMA_VERSION}).`,
      );
    }
    for (const step of MIGRATIONS.slice(tables === 0 ? 0 : version)) this.#database.exec(step);
    this.#database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT`);
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}
