import type { DatabaseSync } from 'node:sqlite';
import type { SetAside } from '../ports.ts';
import { prepare } from './statement.ts';

/** Refused messages that are kept for people to look at; the counts go on for ever. */
const SAMPLES_KEPT = 1_000;
const SAMPLE_BYTES = 512;
/** A topic can be 64 KB of anything. */
const TEXT_LENGTH = 512;

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
    for (const { at, source, reason, sample } of entries.slice(-SAMPLES_KEPT)) {
      this.#insert.run(
        at,
        source.slice(0, TEXT_LENGTH),
        reason.slice(0, TEXT_LENGTH),
        sample.subarray(0, SAMPLE_BYTES),
      );
    }
    this.#forget.run(SAMPLES_KEPT);
    const counts = new Map<string, number>();
    for (const entry of entries) {
      const reason = entry.reason.slice(0, TEXT_LENGTH);
      counts.set(reason, (counts.get(reason) ?? 0) + 1);
    }
    for (const [reason, count] of counts) this.#count.run(reason, count);
  }

  read(limit: number): { entries: SetAside[]; counts: Record<string, number> } {
    return {
      entries: this.#newest.all(limit).map(({ at, source, reason, sample }) => ({ at, source, reason, sample })),
      counts: Object.fromEntries(this.#counts.all().map(({ reason, count }) => [reason, count])),
    };
  }
}
