import { Client, type ClientConfig } from 'pg';
import { StateStoreError } from '../state-store-error.ts';
import { explainError } from './explain-error.ts';
import { FUNCTIONS_1 } from './functions-1.ts';
import { Lines } from './lines.ts';
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

/** Step `n` leads from version `n` to version `n + 1`. Add at the end; never change one that was released. */
const MIGRATIONS: readonly string[] = [
  SCHEMA_1 + FUNCTIONS_1,
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

/** Any number that is ours ("VIGI"): whoever migrates holds it. */
const LOCK = 0x56494749;
/** A step may rewrite a large table, and other collectors wait for it. */
const PATIENCE_MS = 120_000;

/**
 * Brings our part of the database, the schema `vigie`, up to this program's version, and divides the stores into this
 * many partitions. Collectors that start at the same time do it one after the other.
 * @throws StateStoreError when the schema is another program's, or of a newer version of this one, or when collectors
 * are at work on another number of partitions; nothing is changed then.
 */
export async function migrate(config: ClientConfig, place: string, partitions: number): Promise<void> {
  const lines = new Lines();
  const client = new Client({
    ...config,
    stream: lines.create,
    statement_timeout: PATIENCE_MS,
    query_timeout: PATIENCE_MS,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    await refuseOtherEncodings(client, place);
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    await upgrade(client, place);
    await shareOut(client, place, partitions);
    await client.query('COMMIT');
  } catch (error) {
    throw explainError(place, error);
  } finally {
    // Without its COMMIT the transaction is gone with the connection.
    await lines.end(client.end());
  }
}

/** In any other, the first name from another alphabet would be refused, and its commit with it. */
async function refuseOtherEncodings(client: Client, place: string): Promise<void> {
  const { rows } = await client.query<{ encoding: string }>("SELECT current_setting('server_encoding') AS encoding");
  const encoding = rows[0]?.encoding;
  if (encoding === 'UTF8') return;
  throw new StateStoreError('failed', place, `its encoding is ${encoding}; create the database with ENCODING 'UTF8'`);
}

async function upgrade(client: Client, place: string): Promise<void> {
  const { rows: found } = await client.query<{ tables: number; ours: boolean }>(
    `SELECT count(c.oid)::int AS tables, coalesce(bool_or(c.relname = 'schema_version'), false) AS ours
     FROM pg_namespace n LEFT JOIN pg_class c ON c.relnamespace = n.oid WHERE n.nspname = 'vigie' GROUP BY n.oid`,
  );
  const [schema] = found;
  if (schema && schema.tables > 0 && !schema.ours) {
    throw new StateStoreError('not-ours', place, 'its schema vigie is another program’s; name another database');
  }
  // Whoever may not create schemas may have been given this one.
  if (!schema) await client.query('CREATE SCHEMA vigie');
  await client.query(
    'CREATE TABLE IF NOT EXISTS schema_version (version int PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())',
  );
  const { rows } = await client.query('SELECT max(version) AS version FROM schema_version');
  const version: number = rows[0].version ?? 0;
  if (version > MIGRATIONS.length) {
    const sentence = `it was written by a newer Vigie (schema ${version}, this one knows ${MIGRATIONS.length}); update Vigie`;
    throw new StateStoreError('newer-schema', place, sentence);
  }
  for (const [step, sql] of MIGRATIONS.entries()) {
    if (step < version) continue;
    await client.query(sql);
    await client.query('INSERT INTO schema_version (version) VALUES ($1)', [step + 1]);
  }
}

async function shareOut(client: Client, place: string, partitions: number): Promise<void> {
  const { rows } = await client.query<{ partitions: number }>('SELECT partitions FROM installation');
  const was = rows[0]?.partitions;
  if (was === partitions) return;
  // No lease can be taken, and nothing committed, until this is decided.
  await client.query('LOCK TABLE partition');
  const { rowCount } = await client.query('SELECT FROM partition WHERE until >= clock_timestamp()');
  if (rowCount !== 0) {
    const sentence = `collectors are at work on its ${was} partitions, and this one is set to ${partitions}: give all the same number, and stop them all to change it`;
    throw new StateStoreError('shared-otherwise', place, sentence);
  }
  await client.query('SELECT share_out($1)', [partitions]);
}
