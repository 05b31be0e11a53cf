import type { DatabaseSync } from 'node:sqlite';
import type { StoreKey } from '../../../protocol/names.ts';
import type { Dismissal } from '../../ports.ts';
import { prepare } from './statement.ts';

/** What people want no proposal of. */
export class DiscoveryRows {
  readonly #list;
  readonly #save;
  readonly #remove;

  constructor(db: DatabaseSync) {
    this.#list = prepare<Dismissal>(
      db,
      'SELECT store, address, identity, who, why, at FROM dismissal ORDER BY store, address',
    );
    this.#save = prepare(
      db,
      'INSERT OR REPLACE INTO dismissal (store, address, identity, who, why, at) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#remove = prepare(db, 'DELETE FROM dismissal WHERE store = ? AND address = ?');
  }

  dismissals(): Dismissal[] {
    return this.#list.all().map((row) => ({ ...row }));
  }

  dismiss({ store, address, identity, who, why, at }: Dismissal): void {
    this.#save.run(store, address, identity, who, why, at);
  }

  recall(store: StoreKey, address: string): boolean {
    return Number(this.#remove.run(store, address).changes) > 0;
  }
}
