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
  tried_at: number | null;
  passed_at: number | null;
  instead_of: string | null;
  ticket: string | null;
  /** Whether the desk has never made a ticket of the incident. One of SQLite’s booleans, or one of PostgreSQL’s. */
  unopened: number | boolean;
  /** Whether the last word that waits behind it is that all is over. */
  healed: number | boolean | null;
}

export const WORK = `SELECT w.*, d.ticket, d.id IS NULL AS unopened,
    (SELECT l.action FROM ticket_work l
      WHERE l.incident = w.incident AND l.desk = w.desk AND l.id > w.id AND l.action IN ('reopen', 'resolve')
      ORDER BY l.id DESC LIMIT 1) = 'resolve' AS healed
  FROM ticket_work w
  LEFT JOIN desk_ticket d ON d.incident = w.incident AND d.desk = w.desk`;

/** Done work leaves the table, so the oldest row of an incident and desk is the one whose turn it is. */
export const ITS_TURN = `NOT EXISTS
  (SELECT 1 FROM ticket_work e WHERE e.incident = w.incident AND e.desk = w.desk AND e.id < w.id)`;

export function workOf(row: WorkRow): TicketWork {
  const isUnopened = Boolean(row.unopened);
  // What was not told because it was over is told when it is back.
  const action = row.action === 'reopen' && isUnopened ? 'open' : row.action;
  return {
    id: row.id,
    incident: row.incident,
    desk: row.desk,
    action,
    view: JSON.parse(row.view) as TicketSubject,
    locale: row.locale,
    at: row.at,
    attempts: row.attempts,
    notBefore: row.not_before,
    ...(row.ticket === null ? {} : { ticket: row.ticket }),
    ...(row.tried_at !== null && { tried: true }),
    ...(action === 'open' ? row.healed && { healed: true } : isUnopened && { unopened: true }),
    ...(row.instead_of !== null && { insteadOf: row.instead_of }),
  };
}

export const deadWorkOf = (row: WorkRow): DeadTicketWork => ({
  ...workOf(row),
  error: row.error as string,
  diedAt: row.died_at as number,
});

/** What a desk that stands in for another is asked, undefined for nothing: it may know of the incident already, or not at all. */
export function standInAction(action: TicketAction, isKnown: boolean): TicketAction | undefined {
  if (isKnown) return action === 'open' ? 'update' : action;
  return action === 'resolve' || action === 'comment' ? undefined : 'open';
}
