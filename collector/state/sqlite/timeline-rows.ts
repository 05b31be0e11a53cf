import type { DatabaseSync } from 'node:sqlite';
import type { Reason } from '../../../protocol/reasons.ts';
import type { TimelineEntry } from '../../../protocol/views.ts';
import { prepare } from './statement.ts';

/** What happened to each incident, in the order it was written down. */
export class TimelineRows {
  readonly #append;
  readonly #read;

  constructor(db: DatabaseSync) {
    this.#append = prepare(db, 'INSERT INTO timeline (incident, at, reason) VALUES (?, ?, ?)');
    this.#read = prepare<{ at: number; reason: string }>(
      db,
      'SELECT at, reason FROM timeline WHERE incident = ? ORDER BY id',
    );
  }

  append(incidentKey: string, entry: TimelineEntry): void {
    this.#append.run(incidentKey, entry.at, JSON.stringify(entry.reason));
  }

  read(incidentKey: string): TimelineEntry[] {
    return this.#read.all(incidentKey).map(({ at, reason }) => ({ at, reason: JSON.parse(reason) as Reason }));
  }
}
