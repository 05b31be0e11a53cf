import type { ReviewNotes } from '../../../protocol/reviews.ts';
import type { ReviewStore } from '../../ports.ts';
import type { Database } from './database.ts';
import { clean } from './json-rows.ts';

const COLUMNS = 'text, who AS by, at, revision';

/** What people write in the reviews of major incidents. */
export const reviewRows = (db: Database): ReviewStore => ({
  async notes(number) {
    const [row] = await db.query<ReviewNotes>(`SELECT ${COLUMNS} FROM review_notes WHERE number = $1`, [number]);
    return row;
  },
  async write(number, { text, by, at }, read) {
    const [row] =
      read === 0
        ? await db.query<ReviewNotes>(
            `INSERT INTO review_notes (number, text, who, at, revision) VALUES ($1, $2, $3, $4, 1)
             ON CONFLICT DO NOTHING RETURNING ${COLUMNS}`,
            [number, clean(text), clean(by), at],
          )
        : await db.query<ReviewNotes>(
            `UPDATE review_notes SET text = $2, who = $3, at = $4, revision = revision + 1
             WHERE number = $1 AND revision = $5 RETURNING ${COLUMNS}`,
            [number, clean(text), clean(by), at, read],
          );
    return row;
  },
});
