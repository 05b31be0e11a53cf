import type { DatabaseSync } from 'node:sqlite';
import type { JudgedEvidence } from '../../../alerting/ports.ts';
import type { StoreKey } from '../../../protocol/names.ts';
import { FORGOTTEN_AT_ONCE } from '../forgotten-at-once.ts';
import { beginningOf, type JudgedRow, judgedOf, judgedRecord } from '../judged-record.ts';
import { prepare } from './statement.ts';

/** What stores were judged by beside their readings. */
export class JudgedRows {
  readonly #append;
  readonly #before;
  readonly #between;
  readonly #oldest;
  readonly #forget;

  constructor(db: DatabaseSync) {
    this.#append = prepare(db, 'INSERT INTO judged (store, subject, at, what) VALUES (?, ?, ?, ?)');
    this.#before = prepare<JudgedRow>(
      db,
      `SELECT at, what FROM judged WHERE id IN
        (SELECT max(id) FROM judged WHERE store = ? AND at < ? GROUP BY subject) ORDER BY at, id`,
    );
    this.#between = prepare<JudgedRow>(
      db,
      'SELECT at, what FROM judged WHERE store = ? AND at >= ? AND at < ? ORDER BY at DESC, id DESC LIMIT ?',
    );
    this.#oldest = prepare<{ at: number | null }>(db, 'SELECT min(at) AS at FROM judged');
    this.#forget = prepare(
      db,
      `DELETE FROM judged WHERE id IN (SELECT id FROM judged WHERE at < ? ORDER BY at LIMIT ${FORGOTTEN_AT_ONCE})`,
    );
  }

  save(judged: readonly JudgedEvidence[]): void {
    for (const { store, subject, at, what } of judged.map(judgedRecord)) this.#append.run(store, subject, at, what);
  }

  evidence(store: StoreKey, from: number, to: number, limit: number): JudgedEvidence[] {
    const between = this.#between.all(store, from, to, limit).reverse();
    const before = this.#before.all(store, beginningOf(between, from, limit));
    return [...before, ...between].map((row) => judgedOf(store, row));
  }

  oldestAt(): number | undefined {
    return this.#oldest.get()?.at ?? undefined;
  }

  forget(before: number): boolean {
    return Number(this.#forget.run(before).changes) < FORGOTTEN_AT_ONCE;
  }
}
