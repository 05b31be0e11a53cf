import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SCHEMA_1 } from '../../../collector/state/sqlite/schema-1.ts';
import { openSqliteStateStore, type SqliteStateStoreOptions } from '../../../collector/state/sqlite-state-store.ts';
import { StateStoreError } from '../../../collector/state/state-store-error.ts';
import { writesOf } from '../../contracts/state-store/fixtures.ts';
import { withoutPrivilege } from '../../support/without-privilege.ts';

describe('the file of the state store', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vigie-state-file-'));
    path = join(folder, 'state.db');
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function openPartition(options: SqliteStateStoreOptions = {}) {
    const store = openSqliteStateStore(path, options);
    return { store, partition: await store.partition({ index: 0, of: 1 }) };
  }

  function refusal(at = path): StateStoreError {
    try {
      void openSqliteStateStore(at, { busyTimeoutMs: 1 }).close();
    } catch (error) {
      expect(error).toBeInstanceOf(StateStoreError);
      expect((error as Error).message).toContain(at);
      expect((error as Error).message).not.toContain('\n');
      return error as StateStoreError;
    }
    throw new Error('it was opened');
  }

  test('every commit is put on disk before it returns', async () => {
    const { store, partition } = await openPartition();
    const before = statSync(`${path}-wal`).size;
    await partition.commit(writesOf({ log: new Uint8Array(100_000) }));
    expect(statSync(`${path}-wal`).size).toBeGreaterThan(before + 100_000);
    await store.close();
    await store.close();
  });

  test('it cannot be shared out', async () => {
    const store = openSqliteStateStore(path);
    await expect(store.partition({ index: 1, of: 2 })).rejects.toMatchObject({ problem: 'not-shared' });
    await expect(store.partition({ index: 0, of: 2 })).rejects.toThrow(
      /partition 0 of 2 was asked for; use PostgreSQL/,
    );
    await store.close();
  });

  test('a file of the first schema is brought up to date and keeps what it holds', async () => {
    const old = new DatabaseSync(path);
    old.exec(`PRAGMA application_id = ${0x56494749};
      CREATE TABLE schema_version (version INTEGER PRIMARY KEY, at INTEGER NOT NULL) STRICT;
      INSERT INTO schema_version VALUES (1, 0); ${SCHEMA_1}
      INSERT INTO judgement VALUES ('a/1', '{}');`);
    old.close();
    const { store, partition } = await openPartition();
    expect([...(await partition.loadJudgement())]).toEqual([{ store: 'a/1', state: '{}' }]);
    expect(await store.inventoryRevision()).toBe(0);
    expect(await store.secret('session')).toHaveLength(32);
    await store.close();
  });

  test('a newer schema is refused and left as it is', async () => {
    await openSqliteStateStore(path).close();
    const db = new DatabaseSync(path);
    db.exec('INSERT INTO schema_version VALUES (99, 0); DROP TABLE token;');
    db.close();
    const error = refusal();
    expect(error.problem).toBe('newer-schema');
    expect(error.message).toMatch(/newer Vigie \(schema 99, this one knows \d+\)/);
    const after = new DatabaseSync(path);
    expect(after.prepare("SELECT name FROM sqlite_schema WHERE name = 'token'").all()).toEqual([]);
    after.close();
  });

  test('another program’s database is refused and left as it is', () => {
    const db = new DatabaseSync(path);
    db.exec('CREATE TABLE recipes (name TEXT)');
    db.close();
    expect(refusal().problem).toBe('not-ours');
    const after = new DatabaseSync(path);
    expect(after.prepare('SELECT name FROM sqlite_schema').all()).toHaveLength(1);
    after.close();
  });

  test('a file that is no database is refused and left as it is', () => {
    const junk = 'chains:\n  - name: an inventory that was put in the wrong place\n'.repeat(20);
    writeFileSync(path, junk);
    expect(refusal().problem).toBe('not-a-database');
    expect(readFileSync(path, 'utf8')).toBe(junk);
  });

  test('a damaged database is refused', async () => {
    await openSqliteStateStore(path).close();
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0xff, 100));
    expect(refusal().problem).toBe('damaged');
  });

  test('an empty file is taken as a new store', async () => {
    writeFileSync(path, '');
    const { store, partition } = await openPartition();
    expect(await partition.commit(writesOf({ log: Uint8Array.of(1) }))).toBe(1);
    await store.close();
  });

  test('a folder that is missing, or is the path itself, is refused', () => {
    expect(refusal(join(folder, 'missing', 'state.db')).problem).toBe('cannot-write');
    expect(refusal(folder).problem).toBe('cannot-write');
  });

  test('a folder that cannot be written is refused', () => {
    chmodSync(folder, 0o555);
    expect(withoutPrivilege(() => refusal()).problem).toBe('cannot-write');
    chmodSync(folder, 0o755);
  });

  test('a file that cannot be written is refused', async () => {
    await openSqliteStateStore(path).close();
    chmodSync(path, 0o444);
    chmodSync(folder, 0o555);
    expect(withoutPrivilege(() => refusal()).problem).toBe('cannot-write');
    chmodSync(folder, 0o755);
  });

  test('a store that is open cannot be opened again beside it', async () => {
    const store = openSqliteStateStore(path);
    expect(refusal().problem).toBe('in-use');
    await store.close();
    await openSqliteStateStore(path).close();
  });

  test('log rows bear the time of the clock given', async () => {
    const { store, partition } = await openPartition({ now: () => 1_234 });
    await partition.commit(writesOf({ log: Uint8Array.of(1) }));
    expect((await partition.readLog(0, 1))[0]?.at).toBe(1_234);
    expect((await partition.logSize()).oldestAt).toBe(1_234);
    await store.close();
  });

  test('the file does not grow while the log is trimmed as fast as it is written', async () => {
    const sizeAfter = async (rows: number) => {
      const { store, partition } = await openPartition();
      for (let i = 0; i < rows; i++) {
        const id = await partition.commit(writesOf({ log: new Uint8Array(50_000) }));
        await partition.trimLog(id as number);
      }
      await store.close();
      return statSync(path).size;
    };
    const size = await sizeAfter(30);
    expect(await sizeAfter(120)).toBe(size);
  });
});
