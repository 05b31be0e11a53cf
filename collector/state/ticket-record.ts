import type { DeadTicketWork, TicketAction, TicketSubject, TicketWork } from '../../alerting/ports.ts';
import type { Locale } from '../../protocol/inventory.ts';

/** A row of ticket work, with the ticket its desk has made of the incident so far. */
export interface WorkRow {
  id: number;
  incident: string;
  desk: string;
  action: TicketAction;
  view: string;
  locale: Locale;
  at: number;
  attempts: number;
  not_before: number;
  error: string | null;
  died_at: number | null;
  ticket: string | null;
}

export const WORK = `SELECT w.*, d.ticket FROM ticket_work w
  LEFT JOIN desk_ticket d ON d.incident = w.incident AND d.desk = w.desk`;

/** Done work leaves the table, so the oldest row of an incident and desk is the one whose turn it is. */
export const ITS_TURN = `NOT EXISTS
  (SELECT 1 FROM ticket_work e WHERE e.incident = w.incident AND e.desk = w.desk AND e.id < w.id)`;

export function workOf(row: WorkRow): TicketWork {
  return {
    id: row.id,
    incident: row.incident,
    desk: row.desk,
    action: row.action,
    view: JSON.parse(row.view) as TicketSubject,
    locale: row.locale,
    at: row.at,
    attempts: row.attempts,
    notBefore: row.not_before,
    ...(row.ticket === null ? {} : { ticket: row.ticket }),
  };
}

export const deadWorkOf = (row: WorkRow): DeadTicketWork => ({
  ...workOf(row),
  error: row.error as string,
  diedAt: row.died_at as number,
});
