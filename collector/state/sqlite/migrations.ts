import type { DatabaseSync } from 'node:sqlite';
import { StateStoreError } from '../state-store-error.ts';
import { SCHEMA_1 } from './schema-1.ts';
import { SCHEMA_2 } from './schema-2.ts';
import { SCHEMA_3 } from './schema-3.ts';
import { SCHEMA_4 } from './schema-4.ts';
import { SCHEMA_5 } from './schema-5.ts';
import { SCHEMA_6 } from './schema-6.ts';
import { SCHEMA_7 } from './schema-7.ts';
import { SCHEMA_8 } from './schema-8.ts';
import { SCHEMA_9 } from './schema-9.ts';
import { SCHEMA_10 } from './schema-10.ts';
import { SCHEMA_11 } from './schema-11.ts';
import { SCHEMA_12 } from './schema-12.ts';
import { SCHEMA_13 } from './schema-13.ts';
import { SCHEMA_14 } from './schema-14.ts';
import { SCHEMA_15 } from './schema-15.ts';
import { SCHEMA_16 } from './schema-16.ts';
import { SCHEMA_17 } from './schema-17.ts';
import { SCHEMA_18 } from './schema-18.ts';
import { prepare } from './statement.ts';
import { inTransaction } from './transaction.ts';

/** Step `n` leads from version `n` to version `n + 1`. Add at the end; never change one that was released. */
const MIGRATIONS: readonly string[] = [
  SCHEMA_1,
  SCHEMA_2,
  SCHEMA_3,
  SCHEMA_4,
  SCHEMA_5,
  SCHEMA_6,
  SCHEMA_7,
  SCHEMA_8,
  SCHEMA_9,
  SCHEMA_10,
  SCHEMA_11,
  SCHEMA_12,
  SCHEMA_13,
  SCHEMA_14,
  SCHEMA_15,
  SCHEMA_16,
  SCHEMA_17,
  SCHEMA_18,
];

/** Marks the file as ours ("VIGI"), so that another program's database is never written to. */
const APPLICATION_ID = 0x56494749;

/**
 * Brings the schema up to this program's version.
 * @throws StateStoreError when the file belongs to another program, or to a newer version of this one.
 */
export function migrate(db: DatabaseSync, path: string, at: number): void {
  inTransaction(db, () => {
    const tables = prepare<{ count: number }>(db, 'SELECT count(*) AS count FROM sqlite_schema').get()?.count;
    const owner = prepare<{ application_id: number }>(db, 'PRAGMA application_id').get()?.application_id;
    if (tables !== 0 && owner !== APPLICATION_ID) {
      throw new StateStoreError('not-ours', path, 'the file is another program’s database; name another file');
    }
    db.exec(`
      PRAGMA application_id = ${APPLICATION_ID};
      CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY, at INTEGER NOT NULL) STRICT;
    `);
    const found = prepare<{ version: number | null }>(db, 'SELECT max(version) AS version FROM schema_version').get();
    const version = found?.version ?? 0;
    if (version > MIGRATIONS.length) {
      const sentence = `it was written by a newer Vigie (schema ${version}, this one knows ${MIGRATIONS.length}); update Vigie`;
      throw new StateStoreError('newer-schema', path, sentence);
    }
    const note = prepare(db, 'INSERT INTO schema_version (version, at) VALUES (?, ?)');
    for (const [step, sql] of MIGRATIONS.entries()) {
      if (step < version) continue;
      db.exec(sql);
      note.run(step + 1, at);
    }
  });
}
