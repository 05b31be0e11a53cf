import type { DatabaseSync } from 'node:sqlite';
import type { NewTicketWork, TicketAction, TicketWork } from '../../alerting/ports.ts';
import type { Locale } from '../../protocol/inventory.ts';
import type { IncidentView } from '../../protocol/views.ts';
import { prepare } from './statement.ts';

interface WorkRow {
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

const WORK = `SELECT w.*, d.ticket FROM ticket_work w
  LEFT JOIN desk_ticket d ON d.incident = w.incident AND d.desk = w.desk`;

/** Done work leaves the table, so the oldest row of an incident and desk is the one whose turn it is. */
const ITS_TURN = `NOT EXISTS
  (SELECT 1 FROM ticket_work e WHERE e.incident = w.incident AND e.desk = w.desk AND e.id < w.id)`;

/** Ticket work, in order per incident and desk: dead work keeps its place and holds up what follows it. */
export class TicketQueue {
  readonly #insert;
  readonly #find;
  readonly #due;
  readonly #nextAt;
  readonly #dead;
  readonly #remove;
  readonly #noteDone;
  readonly #fail;
  readonly #kill;
  readonly #revive;
  readonly #settle;

  constructor(db: DatabaseSync) {
    this.#insert = prepare(
      db,
      `INSERT INTO ticket_work (incident, desk, action, view, locale, at, not_before) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#find = prepare<{ incident: string; desk: string; action: TicketAction }>(
      db,
      'SELECT incident, desk, action FROM ticket_work WHERE id = ?',
    );
    this.#due = prepare<WorkRow>(
      db,
      `${WORK} WHERE w.died_at IS NULL AND w.not_before <= ? AND ${ITS_TURN} ORDER BY w.not_before, w.id LIMIT ?`,
    );
    this.#nextAt = prepare<{ at: number }>(
      db,
      `SELECT w.not_before AS at FROM ticket_work w WHERE w.died_at IS NULL AND ${ITS_TURN}
       ORDER BY w.not_before, w.id LIMIT 1`,
    );
    this.#dead = prepare<WorkRow>(db, `${WORK} WHERE w.died_at IS NOT NULL ORDER BY w.died_at DESC, w.id DESC LIMIT ?`);
    this.#remove = prepare(db, 'DELETE FROM ticket_work WHERE id = ?');
    this.#noteDone = prepare(
      db,
      `INSERT INTO desk_ticket (incident, desk, ticket, last_action) VALUES (?, ?, ?, ?)
       ON CONFLICT (incident, desk) DO UPDATE SET
         ticket = coalesce(excluded.ticket, ticket),
         last_action = excluded.last_action`,
    );
    this.#fail = prepare(
      db,
      'UPDATE ticket_work SET attempts = attempts + 1, error = ?, not_before = ? WHERE id = ? AND died_at IS NULL',
    );
    this.#kill = prepare(
      db,
      'UPDATE ticket_work SET attempts = attempts + 1, error = ?, died_at = ? WHERE id = ? AND died_at IS NULL',
    );
    this.#revive = prepare(
      db,
      'UPDATE ticket_work SET attempts = 0, died_at = NULL, not_before = ? WHERE id = ? AND died_at IS NOT NULL',
    );
    this.#settle = prepare(
      db,
      `UPDATE incident SET
         ticket = coalesce(
           (SELECT d.ticket FROM desk_ticket d WHERE d.incident = key AND d.ticket IS NOT NULL ORDER BY d.id LIMIT 1),
           ticket),
         ticket_state = CASE
           WHEN EXISTS (SELECT 1 FROM ticket_work w WHERE w.incident = key AND w.died_at IS NOT NULL) THEN 'failed'
           WHEN EXISTS (SELECT 1 FROM ticket_work w WHERE w.incident = key) THEN 'waiting'
           WHEN EXISTS (SELECT 1 FROM desk_ticket d WHERE d.incident = key AND d.last_action <> 'resolve') THEN 'open'
           ELSE 'resolved'
         END
       WHERE key = ?`,
    );
  }

  add(work: NewTicketWork): void {
    const { incident, desk, action, view, locale, at } = work;
    this.#insert.run(incident, desk, action, JSON.stringify(view), locale, at, at);
    this.#settle.run(incident);
  }

  due(now: number, limit: number): TicketWork[] {
    return this.#due.all(now, limit).map(workOf);
  }

  nextAt(): number | undefined {
    return this.#nextAt.get()?.at;
  }

  /** The incident whose work is done; undefined when there was no such work. */
  done(id: number, ticket: string | undefined): string | undefined {
    const work = this.#find.get(id);
    if (!work) return undefined;
    this.#remove.run(id);
    this.#noteDone.run(work.incident, work.desk, ticket ?? null, work.action);
    this.#settle.run(work.incident);
    return work.incident;
  }

  failed(id: number, error: string, notBefore: number): void {
    this.#fail.run(error, notBefore, id);
  }

  /** The incident whose work died; undefined when there was no such living work. */
  dead(id: number, error: string, at: number): string | undefined {
    if (this.#kill.run(error, at, id).changes === 0) return undefined;
    return this.#settleIncidentOf(id);
  }

  listDead(limit: number): (TicketWork & { error: string; diedAt: number })[] {
    return this.#dead.all(limit).map((row) => ({
      ...workOf(row),
      error: row.error as string,
      diedAt: row.died_at as number,
    }));
  }

  replay(id: number, now: number): boolean {
    if (this.#revive.run(now, id).changes === 0) return false;
    this.#settleIncidentOf(id);
    return true;
  }

  #settleIncidentOf(id: number): string | undefined {
    const incident = this.#find.get(id)?.incident;
    if (incident !== undefined) this.#settle.run(incident);
    return incident;
  }
}

function workOf(row: WorkRow): TicketWork {
  return {
    id: row.id,
    incident: row.incident,
    desk: row.desk,
    action: row.action,
    view: JSON.parse(row.view) as IncidentView,
    locale: row.locale,
    at: row.at,
    attempts: row.attempts,
    notBefore: row.not_before,
    ...(row.ticket === null ? {} : { ticket: row.ticket }),
  };
}
