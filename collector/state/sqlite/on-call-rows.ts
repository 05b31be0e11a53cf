import type { DatabaseSync } from 'node:sqlite';
import type { OnCallCalendar } from '../../../protocol/on-call.ts';
import { prepare } from './statement.ts';

/** Who is on call, and how far digests have come. */
export class OnCallRows {
  readonly #list;
  readonly #put;
  readonly #remove;
  readonly #toldUntil;
  readonly #told;

  constructor(db: DatabaseSync) {
    this.#list = prepare<OnCallCalendar>(
      db,
      'SELECT name, calendar, time_zone AS timeZone, at, by FROM on_call ORDER BY name',
    );
    this.#put = prepare(
      db,
      'INSERT OR REPLACE INTO on_call (name, calendar, time_zone, at, by) VALUES (?, ?, ?, ?, ?)',
    );
    this.#remove = prepare(db, 'DELETE FROM on_call WHERE name = ?');
    this.#toldUntil = prepare<{ told_until: number }>(db, 'SELECT told_until FROM digest WHERE desk = ?');
    this.#told = prepare(db, 'INSERT OR REPLACE INTO digest (desk, told_until) VALUES (?, ?)');
  }

  list(): OnCallCalendar[] {
    return this.#list.all().map((row) => ({ ...row }));
  }

  put({ name, calendar, timeZone, at, by }: OnCallCalendar): void {
    this.#put.run(name, calendar, timeZone, at, by);
  }

  remove(name: string): boolean {
    return Number(this.#remove.run(name).changes) > 0;
  }

  toldUntil(desk: string): number | undefined {
    return this.#toldUntil.get(desk)?.told_until;
  }

  told(desk: string, until: number): void {
    this.#told.run(desk, until);
  }
}
