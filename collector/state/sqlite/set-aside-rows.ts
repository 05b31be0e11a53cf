import type { DatabaseSync } from 'node:sqlite';
import type { SetAside } from '../../ports.ts';
import { bounded, SAMPLES_KEPT } from '../set-aside-record.ts';
import { prepare } from './statement.ts';

/** Messages that were refused, with their reasons. */
export class SetAsideRows {
  readonly #insert;
  readonly #forget;
  readonly #count;
  readonly #newest;
  readonly #counts;

  constructor(db: DatabaseSync) {
    this.#insert = prepare(db, 'INSERT INTO set_aside (at, source, reason, sample) VALUES (?, ?, ?, ?)');
    this.#forget = prepare(db, 'DELETE FROM set_aside WHERE id <= (SELECT max(id) FROM set_aside) - ?');
    this.#count = prepare(
      db,
      `INSERT INTO set_aside_count (reason, count) VALUES (?, ?)
       ON CONFLICT (reason) DO UPDATE SET count = count + excluded.count`,
    );
    this.#newest = prepare<SetAside>(db, 'SELECT at, source, reason, sample FROM set_aside ORDER BY id DESC LIMIT ?');
    this.#counts = prepare<{ reason: string; count: number }>(db, 'SELECT reason, count FROM set_aside_count');
  }

  append(entries: readonly SetAside[]): void {
    if (entries.length === 0) return;
    const { kept, counts } = bounded(entries);
    for (const { at, source, reason, sample } of kept) this.#insert.run(at, source, reason, sample);
    this.#forget.run(SAMPLES_KEPT);
    for (const [reason, count] of counts) this.#count.run(reason, count);
  }

  read(limit: number): { entries: SetAside[]; counts: Record<string, number> } {
    return {
      entries: this.#newest.all(limit).map(({ at, source, reason, sample }) => ({ at, source, reason, sample })),
      counts: Object.fromEntries(this.#counts.all().map(({ reason, count }) => [reason, count])),
    };
  }
}
