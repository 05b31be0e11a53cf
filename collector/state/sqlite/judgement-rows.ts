import type { DatabaseSync } from 'node:sqlite';
import type { JudgementWrites } from '../../../alerting/ports.ts';
import type { StoreKey } from '../../../protocol/names.ts';
import { prepare } from './statement.ts';

/** What judgement keeps per store, opaque to us. */
export class JudgementRows {
  readonly #db: DatabaseSync;
  readonly #save;
  readonly #remove;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#save = prepare(
      db,
      'INSERT INTO judgement (store, state) VALUES (?, ?) ON CONFLICT (store) DO UPDATE SET state = excluded.state',
    );
    this.#remove = prepare(db, 'DELETE FROM judgement WHERE store = ?');
  }

  save(stores: JudgementWrites['stores']): void {
    for (const { store, state } of stores) {
      if (state === undefined) this.#remove.run(store);
      else this.#save.run(store, state);
    }
  }

  *load(): Generator<{ store: StoreKey; state: string }> {
    const rows = prepare<{ store: StoreKey; state: string }>(this.#db, 'SELECT store, state FROM judgement');
    for (const { store, state } of rows.iterate()) yield { store, state };
  }
}
