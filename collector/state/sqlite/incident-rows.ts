import type { DatabaseSync } from 'node:sqlite';
import type { IncidentView } from '../../../protocol/views.ts';
import type { IncidentQuery } from '../../ports.ts';
import { INCIDENT_COLUMNS, type IncidentRow, incidentRecord, viewOf } from '../incident-record.ts';
import { prepare } from './statement.ts';

/** Incidents, as `incident-record.ts` lays them out. */
export class IncidentRows {
  readonly #upsert;
  readonly #byNumber;
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
    this.#byNumber = select('WHERE number = ?');
    this.#open = select('WHERE open = 1 ORDER BY number');
    this.#lastNumber = prepare<{ number: number | null }>(db, 'SELECT max(number) AS number FROM incident');
    this.#lists = {
      open: select('WHERE open = 1 ORDER BY priority, number DESC LIMIT ?'),
      openOfStore: select('WHERE store = ? AND open = 1 ORDER BY priority, number DESC LIMIT ?'),
      resolved: select('WHERE open = 0 AND resolved_at > ? ORDER BY number DESC LIMIT ?'),
      resolvedOfStore: select('WHERE store = ? AND open = 0 AND resolved_at > ? ORDER BY number DESC LIMIT ?'),
    };
  }

  save(incident: IncidentView): void {
    const { number, key, store, open, priority, resolvedAt, ticket, ticketState, view } = incidentRecord(incident);
    this.#upsert.run(number, key, store, open ? 1 : 0, priority, resolvedAt, ticket, ticketState, view);
  }

  load(): { open: IncidentView[]; lastNumber: number } {
    return { open: this.#open.all().map(viewOf), lastNumber: this.#lastNumber.get()?.number ?? 0 };
  }

  get(number: number): IncidentView | undefined {
    const row = this.#byNumber.get(number);
    return row && viewOf(row);
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
