import type { DatabaseSync } from 'node:sqlite';
import { prepare } from './statement.ts';

/** Trimmed rows a commit removes on its way: more than it adds, and few enough to hold up nobody. */
const ROWS_REMOVED_PER_COMMIT = 4;

/**
 * The report log. Trimming moves a mark and is done; the rows behind the mark leave with the commits that follow, a few
 * each, because freeing a minute of reports at once would hold up judging for as long as a blink. What is kept in memory
 * only steers that; `refresh` reads it again, which a transaction that was rolled back calls for.
 */
export class LogRows {
  readonly #insert;
  readonly #read;
  readonly #size;
  readonly #mark;
  readonly #trim;
  readonly #skipIds;
  readonly #oldest;
  readonly #remove;
  #trimmedTo = 0;
  #oldestId = 0;

  constructor(db: DatabaseSync) {
    this.#insert = prepare(db, 'INSERT INTO log (at, bytes, frames) VALUES (?, ?, ?)');
    this.#read = prepare<{ id: number; at: number; frames: Uint8Array }>(
      db,
      'SELECT id, at, frames FROM log WHERE id > max(?, (SELECT trimmed_to FROM log_trim)) ORDER BY id LIMIT ?',
    );
    this.#size = prepare<{ rows: number; bytes: number | null; oldestAt: number | null }>(
      db,
      `SELECT count(*) AS rows, sum(bytes) AS bytes, min(at) AS oldestAt
       FROM log INDEXED BY log_size WHERE +id > (SELECT trimmed_to FROM log_trim)`,
    );
    this.#mark = prepare<{ trimmed_to: number }>(db, 'SELECT trimmed_to FROM log_trim');
    this.#trim = prepare(db, 'UPDATE log_trim SET trimmed_to = ?');
    this.#skipIds = prepare(db, "UPDATE sqlite_sequence SET seq = ? WHERE name = 'log' AND seq < ?");
    this.#oldest = prepare<{ id: number | null }>(db, 'SELECT min(id) AS id FROM log');
    this.#remove = prepare(db, 'DELETE FROM log WHERE id <= ?');
    this.refresh();
  }

  refresh(): void {
    this.#trimmedTo = this.#mark.get()?.trimmed_to ?? 0;
    this.#oldestId = this.#oldest.get()?.id ?? Number.MAX_SAFE_INTEGER;
  }

  append(at: number, frames: Uint8Array): number {
    const id = Number(this.#insert.run(at, frames.byteLength, frames).lastInsertRowid);
    this.#oldestId = Math.min(this.#oldestId, id);
    return id;
  }

  read(afterId: number, limit: number): { id: number; at: number; frames: Uint8Array }[] {
    return this.#read.all(afterId, limit).map(({ id, at, frames }) => ({ id, at, frames }));
  }

  /**
   * Takes everything up to `id` as taken. A sink may be ahead of the log, when this file is newer or older than the
   * sink's: new rows then get greater ids, or the sink would drop them as known.
   */
  trim(id: number): void {
    if (id <= this.#trimmedTo) return;
    this.#trim.run(id);
    this.#skipIds.run(id, id);
    this.#trimmedTo = id;
  }

  /** Takes out some of what was trimmed. */
  removeTrimmed(): void {
    if (this.#oldestId > this.#trimmedTo) return;
    this.#remove.run(Math.min(this.#trimmedTo, this.#oldestId + ROWS_REMOVED_PER_COMMIT - 1));
    this.#oldestId = this.#oldest.get()?.id ?? Number.MAX_SAFE_INTEGER;
  }

  size(): { rows: number; bytes: number; oldestAt: number | undefined } {
    const size = this.#size.get();
    return { rows: size?.rows ?? 0, bytes: size?.bytes ?? 0, oldestAt: size?.oldestAt ?? undefined };
  }
}
