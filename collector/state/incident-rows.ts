import type { DatabaseSync } from 'node:sqlite';
import type { IncidentView } from '../../protocol/views.ts';
import type { IncidentQuery } from '../ports.ts';
import { prepare } from './statement.ts';

interface IncidentRow {
  number: number;
  ticket: string | null;
  ticket_state: IncidentView['ticketState'];
  view: string;
}

const COLUMNS = 'number, ticket, ticket_state, view';

/**
 * Incidents. The ticket's number and state have columns of their own and are not taken from a later view: whoever made
 * the view may not know yet what the desk has answered.
 */
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
    const select = (rest: string) => prepare<IncidentRow>(db, `SELECT ${COLUMNS} FROM incident ${rest}`);
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
    const { ticket, ticketState, ...view } = incident;
    const open = view.state !== 'resolved';
    this.#upsert.run(
      view.number,
      view.key,
      view.store,
      open ? 1 : 0,
      view.priority,
      open ? null : (view.resolvedAt ?? view.openedAt),
      ticket ?? null,
      ticketState,
      JSON.stringify(view),
    );
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

function viewOf(row: IncidentRow): IncidentView {
  const view = JSON.parse(row.view) as Omit<IncidentView, 'ticket' | 'ticketState'>;
  return {
    ...view,
    number: row.number,
    ticketState: row.ticket_state,
    ...(row.ticket === null ? {} : { ticket: row.ticket }),
  };
}
