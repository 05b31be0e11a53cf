import type { AuditEntry, RuleRevisionStore } from '../../ports.ts';
import { REVISION, type RevisionRow, revisionOf, writtenOf } from '../rule-record.ts';
import type { Database, Query } from './database.ts';
import { clean } from './json-rows.ts';

/** Revisions of the rules. */
export const ruleRows = (
  db: Database,
  appendAudit: (query: Query, entry: AuditEntry) => Promise<void>,
): RuleRevisionStore => ({
  async list(limit) {
    const rows = await db.query<RevisionRow>(`SELECT ${REVISION} FROM rule_revision ORDER BY id DESC LIMIT $1`, [
      limit,
    ]);
    return rows.map(revisionOf);
  },
  async revision(id) {
    const [row] = await db.query<RevisionRow & { text: string | null }>(
      `SELECT ${REVISION}, text FROM rule_revision WHERE id = $1`,
      [id],
    );
    return row && writtenOf(row);
  },
  async newest() {
    const [row] = await db.query<{ newest: number }>(
      'SELECT coalesce(max(id), 0)::bigint AS newest FROM rule_revision',
    );
    return row?.newest ?? 0;
  },
  append: ({ basedOn, keep, at, by, why, text, hash, backTo }, audit) =>
    db.transaction(async (query) => {
      // Of two at once, the second finds the id taken.
      const [row] = await query<RevisionRow>(
        `INSERT INTO rule_revision (id, at, who, why, text, hash, back_to)
         SELECT $1::bigint + 1, $2, $3, $4, $5, $6, $7
         WHERE $1::bigint = (SELECT coalesce(max(id), 0) FROM rule_revision)
         ON CONFLICT (id) DO NOTHING RETURNING ${REVISION}`,
        [basedOn, at, clean(by), clean(why), text === undefined ? null : clean(text), hash ?? null, backTo ?? null],
      );
      if (!row) return undefined;
      await query('DELETE FROM rule_revision WHERE id <= $1', [row.id - keep]);
      await appendAudit(query, audit);
      return revisionOf(row);
    }),
});
