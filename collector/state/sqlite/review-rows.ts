import type { DatabaseSync } from 'node:sqlite';
import type { ReviewNotes } from '../../../protocol/reviews.ts';
import { prepare } from './statement.ts';

const COLUMNS = 'text, who AS by, at, revision';

/** What people write in the reviews of major incidents. */
export class ReviewRows {
  readonly #get;
  readonly #begin;
  readonly #replace;

  constructor(db: DatabaseSync) {
    this.#get = prepare<ReviewNotes>(db, `SELECT ${COLUMNS} FROM review_notes WHERE number = ?`);
    this.#begin = prepare<ReviewNotes>(
      db,
      `INSERT INTO review_notes (number, text, who, at, revision) VALUES (?1, ?2, ?3, ?4, 1)
       ON CONFLICT DO NOTHING RETURNING ${COLUMNS}`,
    );
    this.#replace = prepare<ReviewNotes>(
      db,
      `UPDATE review_notes SET text = ?2, who = ?3, at = ?4, revision = revision + 1
       WHERE number = ?1 AND revision = ?5 RETURNING ${COLUMNS}`,
    );
  }

  notes(number: number): ReviewNotes | undefined {
    return copied(this.#get.get(number));
  }

  write(number: number, { text, by, at }: Omit<ReviewNotes, 'revision'>, read: number): ReviewNotes | undefined {
    if (read === 0) return copied(this.#begin.get(number, text, by, at));
    return copied(this.#replace.get(number, text, by, at, read));
  }
}

/** Rows of the database have no prototype: they would not equal what was written. */
const copied = (row: ReviewNotes | undefined): ReviewNotes | undefined => row && { ...row };
