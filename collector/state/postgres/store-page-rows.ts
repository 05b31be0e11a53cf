import type { Satisfaction, StoreWord } from '../../../protocol/store-words.ts';
import type { StorePageStore } from '../../ports.ts';
import type { Database } from './database.ts';
import { clean } from './json-rows.ts';

const WORDS = 'SELECT device, at, reason AS by, note FROM store_word';
const ANSWERS = 'SELECT incident, store, well AS "isWell", note, at FROM satisfaction';

/** What stores say on their own pages. */
export const storePageRows = (db: Database): StorePageStore => ({
  async generation(store) {
    const [row] = await db.query<{ generation: number }>('SELECT generation FROM store_link WHERE store = $1', [store]);
    return row?.generation ?? 1;
  },
  async raiseGeneration(store) {
    const [row] = await db.query<{ generation: number }>(
      `INSERT INTO store_link AS l (store, generation) VALUES ($1, 2)
       ON CONFLICT (store) DO UPDATE SET generation = l.generation + 1 RETURNING generation`,
      [store],
    );
    return row?.generation ?? 1;
  },
  words: (store) =>
    store === undefined
      ? db.query<StoreWord>(`${WORDS} ORDER BY device`)
      : db.query<StoreWord>(`${WORDS} WHERE device > $1 || '/' AND device < $1 || '0' ORDER BY device`, [store]),
  async putWord({ device, at, by, note }) {
    await db.query(
      `INSERT INTO store_word (device, at, reason, note) VALUES ($1, $2, $3, $4)
       ON CONFLICT (device) DO UPDATE SET at = excluded.at, reason = excluded.reason, note = excluded.note`,
      [device, at, by, clean(note)],
    );
  },
  async endWord(device) {
    return (await db.query('DELETE FROM store_word WHERE device = $1 RETURNING device', [device])).length > 0;
  },
  async answer({ incident, store, isWell, note, at }) {
    await db.query(
      `INSERT INTO satisfaction (incident, store, well, note, at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (incident) DO UPDATE
         SET store = excluded.store, well = excluded.well, note = excluded.note, at = excluded.at`,
      [incident, store, isWell, clean(note), at],
    );
  },
  async answerTo(incident) {
    const [row] = await db.query<Satisfaction>(`${ANSWERS} WHERE incident = $1`, [incident]);
    return row;
  },
  answers: (from, to) =>
    db.query<Satisfaction>(`${ANSWERS} WHERE at >= $1 AND at < $2 ORDER BY at, incident`, [from, to]),
});
