import type { DatabaseSync } from 'node:sqlite';
import { prepare } from './statement.ts';

/** What was last known of tickets at their desks. */
export class ShadowRows {
  readonly #load;
  readonly #save;
  readonly #forget;

  constructor(db: DatabaseSync) {
    this.#load = prepare<{ incident: string; desk: string; shadow: string }>(
      db,
      'SELECT incident, desk, shadow FROM desk_shadow ORDER BY incident, desk',
    );
    this.#save = prepare(
      db,
      `INSERT INTO desk_shadow (incident, desk, shadow) SELECT key, ?2, ?3 FROM incident WHERE key = ?1
       ON CONFLICT (incident, desk) DO UPDATE SET shadow = excluded.shadow`,
    );
    this.#forget = prepare(db, 'DELETE FROM desk_shadow WHERE incident = ? AND desk = ?');
  }

  load(): { incident: string; desk: string; shadow: string }[] {
    return this.#load.all();
  }

  save(incident: string, desk: string, shadow: string | undefined): void {
    if (shadow === undefined) this.#forget.run(incident, desk);
    else this.#save.run(incident, desk, shadow);
  }
}
