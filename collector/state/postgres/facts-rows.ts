import { CHANGES_KEPT, type FactsStore } from '../../ports.ts';
import { type ChangeRow, changeOf, type FactsRow, factsOf, pathBounds } from '../facts-record.ts';
import type { Database } from './database.ts';
import { clean } from './json-rows.ts';

/** What devices are made of, of all partitions, and how that changed. */
export const factsRows = (db: Database): FactsStore => ({
  async get(device) {
    const [row] = await db.query<FactsRow>('SELECT device, boot, seq, at, facts, unread FROM facts WHERE device = $1', [
      device,
    ]);
    return row && factsOf(row);
  },

  async save({ device, boot, seq, at, facts, unread }, changes) {
    await db.transaction(async (query) => {
      await query(
        `WITH next AS (UPDATE facts_revision SET revision = revision + 1 RETURNING revision)
         INSERT INTO facts (device, boot, seq, at, facts, unread, revision)
         SELECT $1, $2, $3, $4, $5, $6, next.revision FROM next
         ON CONFLICT (device) DO UPDATE SET boot = excluded.boot, seq = excluded.seq, at = excluded.at,
           facts = excluded.facts, unread = excluded.unread, revision = excluded.revision`,
        [device, boot, seq, at, JSON.stringify(facts), JSON.stringify(unread)],
      );
      if (changes.length === 0) return;
      await query(
        `INSERT INTO fact_change (device, at, path, was, now)
         SELECT $1, * FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[])`,
        [
          device,
          changes.map((change) => change.at),
          changes.map(({ path }) => clean(path)),
          changes.map(({ from }) => (from === undefined ? null : clean(from))),
          changes.map(({ to }) => (to === undefined ? null : clean(to))),
        ],
      );
      await query(
        `DELETE FROM fact_change WHERE device = $1 AND id NOT IN
          (SELECT id FROM fact_change WHERE device = $1 ORDER BY at DESC, id DESC LIMIT $2)`,
        [device, CHANGES_KEPT],
      );
    });
  },

  async since(revision) {
    const [newest] = await db.query<{ revision: number }>('SELECT revision FROM facts_revision');
    if (newest === undefined || newest.revision === revision) return { revision, facts: [] };
    const rows = await db.query<FactsRow>(
      'SELECT device, boot, seq, at, facts, unread FROM facts WHERE revision > $1 ORDER BY revision',
      [revision],
    );
    return { revision: newest.revision, facts: rows.map(factsOf) };
  },

  async history({ device, path, since, limit }) {
    const [from, before] = pathBounds(path);
    const rows = await db.query<ChangeRow>(
      `SELECT device, at, path, was, now FROM fact_change
       WHERE ($1::text IS NULL OR device = $1) AND ($2::text IS NULL OR (path >= $2 AND path < $3)) AND at >= $4
       ORDER BY at DESC, id DESC LIMIT $5`,
      [device ?? null, path === undefined ? null : clean(from), before, since ?? 0, limit],
    );
    return rows.map(changeOf);
  },
});
