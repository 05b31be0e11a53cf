import type { DeviceKey } from '../../../protocol/names.ts';
import type { ReleaseStore, Rollout } from '../../ports.ts';
import { type ReleaseRow, type RunningRow, releaseOf, runningOf } from '../release-record.ts';
import type { Database, Query } from './database.ts';
import { clean } from './json-rows.ts';

const textOf = (rollout: Rollout) => clean(JSON.stringify(rollout));

const save = (query: Query, rollout: Rollout) =>
  query('INSERT INTO rollout VALUES (1, $1) ON CONFLICT (one) DO UPDATE SET definition = excluded.definition', [
    textOf(rollout),
  ]);

/** Versions of the agent, and how far one has been rolled out. */
export const releaseRows = (db: Database): ReleaseStore => ({
  async list() {
    const rows = await db.query<ReleaseRow>('SELECT signed, at, by FROM release ORDER BY at DESC, version DESC', []);
    return rows.map(releaseOf);
  },
  async add({ release, signed, at, by }) {
    const added = await db.query<{ version: string }>(
      `INSERT INTO release (version, signed, at, by) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING RETURNING version`,
      [release.version, JSON.stringify(signed), at, clean(by)],
    );
    return added.length === 1;
  },
  async rollout() {
    const [row] = await db.query<{ definition: string }>('SELECT definition FROM rollout', []);
    return row && (JSON.parse(row.definition) as Rollout);
  },
  async told() {
    const rows = await db.query<{ device: DeviceKey; at: number }>('SELECT device, at FROM rollout_told', []);
    return new Map(rows.map(({ device, at }) => [device, at]));
  },
  begin: (rollout) =>
    db.transaction(async (query) => {
      await query('DELETE FROM rollout_told', []);
      await save(query, rollout);
    }),
  advance: (from, to, { tell, takeBack, at }) =>
    db.transaction(async (query) => {
      const moved = await query('UPDATE rollout SET definition = $1 WHERE definition = $2 RETURNING one', [
        textOf(to),
        textOf(from),
      ]);
      if (moved.length === 0) return false;
      await query('DELETE FROM rollout_told WHERE device = ANY($1::text[])', [[...takeBack]]);
      await query(
        `INSERT INTO rollout_told (device, at) SELECT d, $2 FROM unnest($1::text[]) d
         ON CONFLICT (device) DO UPDATE SET at = excluded.at`,
        [[...tell], at],
      );
      return true;
    }),
  async running(after, limit) {
    const rows = await db.query<RunningRow>(
      `SELECT agent AS device, b -> 'agent' ->> 'version' AS version, b -> 'agent' ->> 'update' AS state
       FROM boot, LATERAL (SELECT birth::json) AS j (b) WHERE birth IS NOT NULL AND agent > $1 ORDER BY agent LIMIT $2`,
      [after, limit],
    );
    return rows.map(runningOf);
  },
});
