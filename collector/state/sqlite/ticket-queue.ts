import type { DatabaseSync } from 'node:sqlite';
import type { DeadTicketWork, NewTicketWork, TicketAction, TicketWork } from '../../../alerting/ports.ts';
import { deadWorkOf, ITS_TURN, WORK, type WorkRow, workOf } from '../ticket-record.ts';
import { prepare } from './statement.ts';

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
  readonly #hasten;
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
    this.#hasten = prepare(db, 'UPDATE ticket_work SET not_before = ?1 WHERE not_before > ?1 AND died_at IS NULL');
    this.#kill = prepare(
      db,
      'UPDATE ticket_work SET attempts = attempts + 1, error = ?, died_at = ? WHERE id = ? AND died_at IS NULL',
    );
    this.#revive = prepare<{ store: string }>(
      db,
      `UPDATE ticket_work SET attempts = 0, died_at = NULL, not_before = ? WHERE id = ? AND died_at IS NOT NULL
       RETURNING coalesce(view ->> '$.store', view ->> '$.chain') AS store`,
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

  /** Nothing living waits longer than until then. */
  noLaterThan(latest: number): void {
    this.#hasten.run(latest);
  }

  /** The incident whose work died; undefined when there was no such living work. */
  dead(id: number, error: string, at: number): string | undefined {
    if (this.#kill.run(error, at, id).changes === 0) return undefined;
    return this.#settleIncidentOf(id);
  }

  listDead(limit: number): DeadTicketWork[] {
    return this.#dead.all(limit).map(deadWorkOf);
  }

  /** The store, or chain, of the incident whose work was dead and is due again; undefined when there was no such dead work. */
  replay(id: number, now: number): string | undefined {
    const revived = this.#revive.get(now, id);
    if (!revived) return undefined;
    this.#settleIncidentOf(id);
    return revived.store;
  }

  #settleIncidentOf(id: number): string | undefined {
    const incident = this.#find.get(id)?.incident;
    if (incident !== undefined) this.#settle.run(incident);
    return incident;
  }
}
