import type { MaintenanceStore } from '../../ports.ts';
import type { Database } from './database.ts';
import { clean } from './json-rows.ts';

const NEWEST = 'SELECT max(revision) FROM maintenance_change WHERE id = c.id';
const CURRENT = `FROM maintenance_change AS c WHERE revision = (${NEWEST}) AND definition IS NOT NULL`;

/** Maintenance windows and changes. */
export const maintenanceRows = (db: Database): MaintenanceStore => ({
  async list() {
    const rows = await db.query<{ definition: string; who: string; at: number }>(
      `SELECT definition, who, at ${CURRENT} ORDER BY id`,
    );
    return rows.map(({ definition, who, at }) => ({ window: JSON.parse(definition), by: who, at }));
  },
  async save({ window, by, at }) {
    await db.query('INSERT INTO maintenance_change (id, definition, who, at) VALUES ($1, $2, $3, $4)', [
      window.id,
      clean(JSON.stringify(window)),
      clean(by),
      at,
    ]);
  },
  async remove(id, by, at) {
    const gone = await db.query(
      `INSERT INTO maintenance_change (id, definition, who, at) SELECT id, NULL, $2, $3 ${CURRENT} AND id = $1 RETURNING id`,
      [clean(id), clean(by), at],
    );
    return gone.length > 0;
  },
  async revision() {
    // Not the newest number: a commit that was slower may have the smaller one.
    const [row] = await db.query<{ revision: number }>('SELECT count(*)::bigint AS revision FROM maintenance_change');
    return row?.revision ?? 0;
  },
});
