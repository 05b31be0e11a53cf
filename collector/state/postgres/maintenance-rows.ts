import type { AuditEntry, MaintenanceStore, WindowChange } from '../../ports.ts';
import type { Database, Query } from './database.ts';
import { clean } from './json-rows.ts';

const NEWEST = 'SELECT max(revision) FROM maintenance_change WHERE id = c.id';
const CURRENT = `FROM maintenance_change AS c WHERE revision = (${NEWEST}) AND definition IS NOT NULL`;

/** Maintenance windows and changes. */
export const maintenanceRows = (
  db: Database,
  appendAudit: (query: Query, entry: AuditEntry) => Promise<void>,
): MaintenanceStore => ({
  async list() {
    const rows = await db.query<{ definition: string; who: string; at: number }>(
      `SELECT definition, who, at ${CURRENT} ORDER BY id`,
    );
    return rows.map(({ definition, who, at }) => ({ window: JSON.parse(definition), by: who, at }));
  },
  change: (changes) =>
    db.transaction(async (query) => {
      const made: string[] = [];
      for (const change of changes) {
        if (!(await make(query, change))) continue;
        await appendAudit(query, change.audit);
        made.push(change.id);
      }
      return made;
    }),
  async revision() {
    // Not the newest number: a commit that was slower may have the smaller one.
    const [row] = await db.query<{ revision: number }>('SELECT count(*)::bigint AS revision FROM maintenance_change');
    return row?.revision ?? 0;
  },
});

/** Whether it changed anything. */
async function make(query: Query, { id, window, audit: { who, at } }: WindowChange): Promise<boolean> {
  const into = 'INSERT INTO maintenance_change (id, definition, who, at)';
  if (window) {
    await query(`${into} VALUES ($1, $2, $3, $4)`, [id, clean(JSON.stringify(window)), clean(who), at]);
    return true;
  }
  const gone = await query(`${into} SELECT id, NULL, $2, $3 ${CURRENT} AND id = $1 RETURNING id`, [
    clean(id),
    clean(who),
    at,
  ]);
  return gone.length > 0;
}
