import type { DatabaseSync } from 'node:sqlite';
import type { RuleRevision, RuleRevisionStore, WrittenRevision } from '../../ports.ts';
import { REVISION, type RevisionRow, revisionOf, writtenOf } from '../rule-record.ts';
import { prepare } from './statement.ts';

/** Revisions of the rules. */
export class RuleRows {
  readonly #list;
  readonly #find;
  readonly #newest;
  readonly #insert;
  readonly #trim;

  constructor(db: DatabaseSync) {
    this.#list = prepare<RevisionRow>(db, `SELECT ${REVISION} FROM rule_revision ORDER BY id DESC LIMIT ?`);
    this.#find = prepare<RevisionRow & { text: string | null }>(
      db,
      `SELECT ${REVISION}, text FROM rule_revision WHERE id = ?`,
    );
    this.#newest = prepare<{ newest: number }>(db, 'SELECT coalesce(max(id), 0) AS newest FROM rule_revision');
    this.#insert = prepare<RevisionRow>(
      db,
      `INSERT INTO rule_revision (id, at, who, why, text, hash, back_to) VALUES (?, ?, ?, ?, ?, ?, ?)
       RETURNING ${REVISION}`,
    );
    this.#trim = prepare(db, 'DELETE FROM rule_revision WHERE id <= ?');
  }

  list(limit: number): RuleRevision[] {
    return this.#list.all(limit).map(revisionOf);
  }

  revision(id: number): WrittenRevision | undefined {
    const row = this.#find.get(id);
    return row && writtenOf(row);
  }

  newest(): number {
    return this.#newest.get()?.newest ?? 0;
  }

  /** To be called in a transaction: it looks before it writes. */
  append({ basedOn, keep, ...change }: Parameters<RuleRevisionStore['append']>[0]): RuleRevision | undefined {
    if (this.newest() !== basedOn) return undefined;
    const { at, by, why, text = null, hash = null, backTo = null } = change;
    const row = this.#insert.get(basedOn + 1, at, by, why, text, hash, backTo);
    this.#trim.run(basedOn + 1 - keep);
    return row && revisionOf(row);
  }
}
