import type { DatabaseSync } from 'node:sqlite';
import type { MajorView } from '../../../protocol/majors.ts';
import type { IncidentView } from '../../../protocol/views.ts';
import type { IncidentQuery, MajorQuery } from '../../ports.ts';
import {
  INCIDENT_COLUMNS,
  type IncidentRow,
  IS_MAJOR,
  IS_SINGLE,
  incidentRecord,
  majorOf,
  viewOf,
} from '../incident-record.ts';
import { prepare } from './statement.ts';

/** Incidents, as `incident-record.ts` lays them out. */
export class IncidentRows {
  readonly #upsert;
  readonly #byNumber;
  readonly #majorByNumber;
  readonly #openMajors;
  readonly #majors;
  readonly #open;
  readonly #lastNumber;
  readonly #lists;

  constructor(db: DatabaseSync) {
    this.#upsert = prepare(
      db,
      `INSERT INTO incident (number, key, store, open, priority, resolved_at, ticket, ticket_state, view)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (key) DO UPDATE SET
         store = excluded.store,
         open = excluded.open,
         priority = excluded.priority,
         resolved_at = excluded.resolved_at,
         ticket = coalesce(ticket, excluded.ticket),
         ticket_state = CASE ticket_state WHEN 'none' THEN excluded.ticket_state ELSE ticket_state END,
         view = excluded.view`,
    );
    const select = (rest: string) => prepare<IncidentRow>(db, `SELECT ${INCIDENT_COLUMNS} FROM incident ${rest}`);
    this.#byNumber = select(`WHERE number = ? AND ${IS_SINGLE}`);
    this.#majorByNumber = select(`WHERE number = ? AND ${IS_MAJOR}`);
    this.#open = select(`WHERE open = 1 AND ${IS_SINGLE} ORDER BY number`);
    this.#openMajors = select(`WHERE open = 1 AND ${IS_MAJOR} ORDER BY number`);
    // By way of the chains: the index of stores finds them without reading the others.
    this.#majors = select(
      `WHERE store IN (SELECT name FROM chain) AND open IN (1, ?) ORDER BY open DESC, number DESC LIMIT ?`,
    );
    this.#lastNumber = prepare<{ number: number | null }>(db, 'SELECT max(number) AS number FROM incident');
    this.#lists = {
      open: select(`WHERE open = 1 AND ${IS_SINGLE} ORDER BY priority, number DESC LIMIT ?`),
      openOfStore: select('WHERE store = ? AND open = 1 ORDER BY priority, number DESC LIMIT ?'),
      resolved: select(`WHERE open = 0 AND resolved_at > ? AND ${IS_SINGLE} ORDER BY number DESC LIMIT ?`),
      resolvedOfStore: select('WHERE store = ? AND open = 0 AND resolved_at > ? ORDER BY number DESC LIMIT ?'),
    };
  }

  save(incident: IncidentView | MajorView): void {
    const { number, key, store, open, priority, resolvedAt, ticket, ticketState, view } = incidentRecord(incident);
    this.#upsert.run(number, key, store, open ? 1 : 0, priority, resolvedAt, ticket, ticketState, view);
  }

  load(): { open: IncidentView[]; majors: MajorView[]; lastNumber: number } {
    return {
      open: this.#open.all().map(viewOf),
      majors: this.#openMajors.all().map(majorOf),
      lastNumber: this.#lastNumber.get()?.number ?? 0,
    };
  }

  get(number: number): IncidentView | undefined {
    const row = this.#byNumber.get(number);
    return row && viewOf(row);
  }

  major(number: number): MajorView | undefined {
    const row = this.#majorByNumber.get(number);
    return row && majorOf(row);
  }

  /** Open ones, then resolved ones; newest first among equals. */
  majors({ state, limit }: MajorQuery): MajorView[] {
    return this.#majors.all(state === 'open' ? 1 : 0, limit).map(majorOf);
  }

  /** Open ones by priority, then resolved ones; newest first among equals. */
  list({ state, store, since = -1, limit }: IncidentQuery): IncidentView[] {
    const rows: IncidentRow[] = [];
    if (state !== 'resolved') {
      rows.push(...(store === undefined ? this.#lists.open.all(limit) : this.#lists.openOfStore.all(store, limit)));
    }
    const left = limit - rows.length;
    if (state !== 'open' && left > 0) {
      const { resolved, resolvedOfStore } = this.#lists;
      rows.push(...(store === undefined ? resolved.all(since, left) : resolvedOfStore.all(store, since, left)));
    }
    return rows.map(viewOf);
  }
}
