import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { frameReports } from '../../collector/report-log.ts';
import { hasPostgres, startPostgres } from '../support/postgres.ts';
import { keepSqliteLog } from './committed.ts';
import { keepPostgresLog } from './committed-postgres.ts';

const row = (...numbers: number[]): Uint8Array =>
  frameReports(
    numbers.map((seq) => ({
      device: 'load/s0/d0' as const,
      skewMs: 0,
      payload: Buffer.from(JSON.stringify({ v: 1, boot: 'theboot1', seq, at: 1, points: [] })),
    })),
  ) as Uint8Array;

/** 1 and 2 were trimmed, 3 is still there, and 2 was committed a second time. */
const EXPECTED = new Map([
  ['theboot1 1', 1],
  ['theboot1 2', 2],
  ['theboot1 3', 1],
]);

test('what SQLite’s log lets go of is still counted', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-kept-'));
  try {
    const file = join(folder, 'state.sqlite');
    const database = new DatabaseSync(file);
    database.exec('CREATE TABLE log (id INTEGER PRIMARY KEY, frames BLOB NOT NULL)');
    database.close();
    const keeper = await keepSqliteLog(file, (work) => Promise.resolve(work()));
    const again = new DatabaseSync(file);
    const insert = again.prepare('INSERT INTO log (frames) VALUES (?)');
    insert.run(row(1, 2));
    again.exec('DELETE FROM log');
    insert.run(row(2, 3));
    again.close();
    expect(await keeper.read()).toEqual(EXPECTED);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.skipIf(!hasPostgres)('what PostgreSQL’s log lets go of is still counted', async () => {
  const server = await startPostgres({ fsync: false });
  try {
    const url = await server.createDatabase();
    await server.sql(url, 'CREATE TABLE log (partition int, id bigint, frames bytea NOT NULL)');
    const keeper = await keepPostgresLog(url);
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query('INSERT INTO log VALUES (0, 1, $1)', [Buffer.from(row(1, 2))]);
    await client.query('DELETE FROM log');
    await client.query('INSERT INTO log VALUES (0, 2, $1)', [Buffer.from(row(2, 3))]);
    await client.end();
    expect(await keeper.read()).toEqual(EXPECTED);
  } finally {
    await server.destroy();
  }
});
