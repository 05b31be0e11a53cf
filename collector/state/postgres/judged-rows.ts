import type { JudgedEvidence } from '../../../alerting/ports.ts';
import type { JudgedStore } from '../../ports.ts';
import { FORGOTTEN_AT_ONCE } from '../forgotten-at-once.ts';
import { beginningOf, type JudgedRow, judgedOf, judgedRecord } from '../judged-record.ts';
import type { Database } from './database.ts';
import { jsonRows } from './json-rows.ts';

/** What `commit_with_judged` takes after the arguments of `commit_with_events`. */
export const judgedArguments = (judged: readonly JudgedEvidence[]): unknown[] => [jsonRows(judged.map(judgedRecord))];

export const judgedRows = (db: Database): JudgedStore => ({
  async evidence(store, from, to, limit) {
    const newest = await db.query<JudgedRow>(
      'SELECT at, what FROM judged WHERE store = $1 AND at >= $2 AND at < $3 ORDER BY at DESC, id DESC LIMIT $4',
      [store, from, to, limit],
    );
    const between = newest.reverse();
    const before = await db.query<JudgedRow>(
      `SELECT at, what FROM judged WHERE id IN
        (SELECT max(id) FROM judged WHERE store = $1 AND at < $2 GROUP BY subject) ORDER BY at, id`,
      [store, beginningOf(between, from, limit)],
    );
    return [...before, ...between].map((row) => judgedOf(store, row));
  },
  async oldestAt() {
    const [row] = await db.query<{ at: number | null }>('SELECT min(at) AS at FROM judged', []);
    return row?.at ?? undefined;
  },
  async forget(before) {
    const [row] = await db.query<{ gone: number }>(
      `WITH gone AS (
         DELETE FROM judged WHERE id IN (SELECT id FROM judged WHERE at < $1 ORDER BY at LIMIT ${FORGOTTEN_AT_ONCE})
         RETURNING 1
       ) SELECT count(*) AS gone FROM gone`,
      [before],
    );
    return Number(row?.gone) < FORGOTTEN_AT_ONCE;
  },
});
