import type { DatabaseSync } from 'node:sqlite';
import type { DeviceKey, StoreKey } from '../../../protocol/names.ts';
import type { Satisfaction, StoreWord } from '../../../protocol/store-words.ts';
import { prepare } from './statement.ts';

type SatisfactionRow = Omit<Satisfaction, 'isWell'> & { well: number };

/** What stores say on their own pages. */
export class StorePageRows {
  readonly #generation;
  readonly #raise;
  readonly #words;
  readonly #wordsOf;
  readonly #putWord;
  readonly #endWord;
  readonly #answer;
  readonly #answerTo;
  readonly #answers;

  constructor(db: DatabaseSync) {
    this.#generation = prepare<{ generation: number }>(db, 'SELECT generation FROM store_link WHERE store = ?');
    this.#raise = prepare<{ generation: number }>(
      db,
      `INSERT INTO store_link (store, generation) VALUES (?, 2)
       ON CONFLICT (store) DO UPDATE SET generation = generation + 1 RETURNING generation`,
    );
    const words = 'SELECT device, at, reason AS by, note FROM store_word';
    this.#words = prepare<StoreWord>(db, `${words} ORDER BY device`);
    // What begins with the store’s key and a slash: `0` comes right after the slash.
    this.#wordsOf = prepare<StoreWord>(db, `${words} WHERE device > ?1 || '/' AND device < ?1 || '0' ORDER BY device`);
    this.#putWord = prepare(db, 'INSERT OR REPLACE INTO store_word (device, at, reason, note) VALUES (?, ?, ?, ?)');
    this.#endWord = prepare(db, 'DELETE FROM store_word WHERE device = ?');
    this.#answer = prepare(
      db,
      'INSERT OR REPLACE INTO satisfaction (incident, store, well, note, at) VALUES (?, ?, ?, ?, ?)',
    );
    this.#answerTo = prepare<SatisfactionRow>(db, 'SELECT * FROM satisfaction WHERE incident = ?');
    this.#answers = prepare<SatisfactionRow>(
      db,
      'SELECT * FROM satisfaction WHERE at >= ? AND at < ? ORDER BY at, incident',
    );
  }

  generation(store: StoreKey): number {
    return this.#generation.get(store)?.generation ?? 1;
  }

  raise(store: StoreKey): number {
    return this.#raise.get(store)?.generation ?? 1;
  }

  words(store: StoreKey | undefined): StoreWord[] {
    return (store === undefined ? this.#words.all() : this.#wordsOf.all(store)).map((row) => ({ ...row }));
  }

  putWord({ device, at, by, note }: StoreWord): void {
    this.#putWord.run(device, at, by, note);
  }

  endWord(device: DeviceKey): boolean {
    return Number(this.#endWord.run(device).changes) > 0;
  }

  answer({ incident, store, isWell, note, at }: Satisfaction): void {
    this.#answer.run(incident, store, isWell ? 1 : 0, note, at);
  }

  answerTo(incident: number): Satisfaction | undefined {
    const row = this.#answerTo.get(incident);
    return row && answerOf(row);
  }

  answers(from: number, to: number): Satisfaction[] {
    return this.#answers.all(from, to).map(answerOf);
  }
}

const answerOf = ({ incident, store, well, note, at }: SatisfactionRow): Satisfaction => ({
  incident,
  store,
  isWell: well !== 0,
  note,
  at,
});
