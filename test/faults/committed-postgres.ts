import { Client } from 'pg';
import { type Committed, countFrames, type LogKeeper } from './committed.ts';

const BATCH = 500;

/** For PostgreSQL, in a database whose schema is there already. `url` leads past every proxy. */
export async function keepPostgresLog(url: string): Promise<LogKeeper> {
  await connected(url, (client) =>
    client.query(`
      CREATE TABLE kept_by_test (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, frames bytea NOT NULL);
      CREATE FUNCTION keep_for_test() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN INSERT INTO kept_by_test (frames) VALUES (OLD.frames); RETURN NULL; END $$;
      CREATE TRIGGER keep_for_test AFTER DELETE ON log FOR EACH ROW EXECUTE FUNCTION keep_for_test();
    `),
  );
  return {
    read: () =>
      connected(url, async (client) => {
        const committed: Committed = new Map();
        // One look at both: a row is not missed, nor seen twice, on its way from one to the other.
        await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
        await client.query('DECLARE kept CURSOR FOR SELECT frames FROM kept_by_test UNION ALL SELECT frames FROM log');
        for (;;) {
          const { rows } = await client.query<{ frames: Buffer }>(`FETCH ${BATCH} FROM kept`);
          for (const { frames } of rows) countFrames(frames, committed);
          if (rows.length < BATCH) return committed;
        }
      }),
  };
}

async function connected<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
