import type { DatabaseSync } from 'node:sqlite';
import type { KeptWindow, WindowChange } from '../../ports.ts';
import { prepare } from './statement.ts';

/** Maintenance windows and changes. */
export class MaintenanceRows {
  readonly #list;
  readonly #find;
  readonly #append;
  readonly #revision;

  constructor(db: DatabaseSync) {
    const newest = 'SELECT max(revision) FROM maintenance_change WHERE id = c.id';
    const current = `FROM maintenance_change AS c WHERE revision = (${newest}) AND definition IS NOT NULL`;
    this.#list = prepare<{ definition: string; who: string; at: number }>(
      db,
      `SELECT definition, who, at ${current} ORDER BY id`,
    );
    this.#find = prepare(db, `SELECT 1 ${current} AND id = ?`);
    this.#append = prepare(db, 'INSERT INTO maintenance_change (id, definition, who, at) VALUES (?, ?, ?, ?)');
    this.#revision = prepare<{ revision: number }>(db, 'SELECT count(*) AS revision FROM maintenance_change');
  }

  list(): KeptWindow[] {
    return this.#list.all().map(({ definition, who, at }) => ({ window: JSON.parse(definition), by: who, at }));
  }

  /** Whether it changed anything. To be called in a transaction: it looks before it writes. */
  change({ id, window, audit: { who, at } }: WindowChange): boolean {
    if (!window && !this.#find.get(id)) return false;
    this.#append.run(id, window ? JSON.stringify(window) : null, who, at);
    return true;
  }

  revision(): number {
    return this.#revision.get()?.revision ?? 0;
  }
}
