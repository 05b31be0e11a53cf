import type { DatabaseSync } from 'node:sqlite';
import type { DeadTicketWork, NewTicketWork, OverdueWork, PassedOn, TicketWork } from '../../../alerting/ports.ts';
import type { TicketState } from '../../../protocol/weights.ts';
import type { TicketQueueFigures } from '../../ports.ts';
import { deadWorkOf, ITS_TURN, standInAction, WORK, type WorkRow, workOf } from '../ticket-record.ts';
import { prepare } from './statement.ts';

/** What was not told elsewhere yet, of desks that stand in for none. */
const UNPASSED = 'w.passed_at IS NULL AND w.instead_of IS NULL';
const WAITS_SINCE = 'coalesce(w.tried_at, w.not_before)';

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
  readonly #try;
  readonly #drop;
  readonly #tellEnd;
  readonly #overdue;
  readonly #waitingSince;
  readonly #isKnown;
  readonly #standIn;
  readonly #pass;
  readonly #figures;

  constructor(db: DatabaseSync) {
    this.#insert = prepare(
      db,
      `INSERT INTO ticket_work (incident, desk, action, view, locale, at, not_before) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#find = prepare<WorkRow>(db, `${WORK} WHERE w.id = ?`);
    this.#due = prepare<WorkRow>(
      db,
      `${WORK} WHERE w.died_at IS NULL AND w.not_before <= ? AND ${ITS_TURN} ORDER BY w.id LIMIT ?`,
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
      `INSERT INTO desk_ticket (incident, desk, ticket, last_action, instead_of) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (incident, desk) DO UPDATE SET
         ticket = coalesce(excluded.ticket, ticket),
         last_action = excluded.last_action`,
    );
    this.#fail = prepare(
      db,
      `UPDATE ticket_work SET attempts = attempts + 1, tried_at = coalesce(tried_at, not_before), error = ?, not_before = ?
       WHERE id = ? AND died_at IS NULL`,
    );
    this.#hasten = prepare(db, 'UPDATE ticket_work SET not_before = ?1 WHERE not_before > ?1 AND died_at IS NULL');
    this.#kill = prepare(
      db,
      `UPDATE ticket_work SET attempts = attempts + 1, tried_at = coalesce(tried_at, not_before), error = ?, died_at = ?
       WHERE id = ? AND died_at IS NULL`,
    );
    this.#revive = prepare<{ store: string }>(
      db,
      `UPDATE ticket_work SET attempts = 0, died_at = NULL, not_before = ? WHERE id = ? AND died_at IS NOT NULL
       RETURNING coalesce(view ->> '$.store', view ->> '$.chain') AS store`,
    );
    this.#settle = prepare<{ ticket_state: TicketState }>(
      db,
      `UPDATE incident SET
         ticket = coalesce(
           (SELECT d.ticket FROM desk_ticket d WHERE d.incident = key AND d.ticket IS NOT NULL ORDER BY d.id LIMIT 1),
           ticket),
         ticket_state = CASE
           WHEN EXISTS (SELECT 1 FROM ticket_work w WHERE w.incident = key AND w.died_at IS NOT NULL) THEN 'failed'
           WHEN EXISTS (SELECT 1 FROM ticket_work w WHERE w.incident = key) THEN 'waiting'
           WHEN EXISTS (SELECT 1 FROM desk_ticket d WHERE d.incident = key AND d.last_action <> 'resolve') THEN 'open'
           WHEN EXISTS (SELECT 1 FROM desk_ticket d WHERE d.incident = key) THEN 'resolved'
           ELSE 'none'
         END
       WHERE key = ? RETURNING ticket_state`,
    );
    this.#try = prepare(db, 'UPDATE ticket_work SET tried_at = ? WHERE id = ? AND tried_at IS NULL');
    this.#drop = prepare(db, 'DELETE FROM ticket_work WHERE incident = ? AND desk = ? AND id >= ?');
    this.#tellEnd = prepare(
      db,
      `INSERT INTO ticket_work (incident, desk, action, view, locale, at, not_before, instead_of)
       SELECT w.incident, s.desk, w.action, w.view, w.locale, w.at, w.at, w.desk
       FROM (SELECT * FROM ticket_work WHERE incident = ?1 AND desk = ?2 AND id BETWEEN ?3 AND ?4 AND action = 'resolve'
               ORDER BY id DESC LIMIT 1) AS w,
            (SELECT desk FROM desk_ticket WHERE incident = ?1 AND instead_of = ?2
             UNION SELECT desk FROM ticket_work WHERE incident = ?1 AND instead_of = ?2) AS s
       WHERE w.passed_at IS NULL`,
    );
    this.#overdue = prepare<WorkRow>(
      db,
      `${WORK} WHERE w.desk = ?1 AND ${UNPASSED} AND ${WAITS_SINCE} <= ?2 AND NOT EXISTS
         (SELECT 1 FROM ticket_work e WHERE e.incident = w.incident AND e.desk = w.desk AND e.id < w.id
            AND e.passed_at IS NULL AND coalesce(e.tried_at, e.not_before) > ?2)
       ORDER BY w.id LIMIT ?3`,
    );
    this.#waitingSince = prepare<{ at: number | null }>(
      db,
      `SELECT min(${WAITS_SINCE}) AS at FROM ticket_work w WHERE w.desk = ?1 AND ${UNPASSED} AND ${WAITS_SINCE} > ?2`,
    );
    this.#isKnown = prepare<{ one: number }>(
      db,
      `SELECT 1 AS one FROM desk_ticket WHERE incident = ?1 AND desk = ?2
       UNION SELECT 1 FROM ticket_work WHERE incident = ?1 AND desk = ?2`,
    );
    this.#standIn = prepare(
      db,
      `INSERT INTO ticket_work (incident, desk, action, view, locale, at, not_before, instead_of)
       SELECT incident, ?, ?, view, locale, at, ?, desk FROM ticket_work WHERE id = ?`,
    );
    this.#pass = prepare(db, 'UPDATE ticket_work SET passed_at = ? WHERE id = ?');
    this.#figures = prepare<{ desk: string; waiting: number; dead: number; oldest: number }>(
      db,
      `SELECT desk, count(*) - count(died_at) AS waiting, count(died_at) AS dead, min(at) AS oldest
       FROM ticket_work GROUP BY desk ORDER BY desk`,
    );
  }

  add(work: NewTicketWork): void {
    const { incident, desk, action, view, locale, at } = work;
    this.#insert.run(incident, desk, action, JSON.stringify(view), locale, at, at);
    this.#settle.get(incident);
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
    this.#tellEnd.run(work.incident, work.desk, id, id);
    this.#remove.run(id);
    this.#noteDone.run(work.incident, work.desk, ticket ?? null, workOf(work).action, work.instead_of);
    this.#settle.get(work.incident);
    return work.incident;
  }

  /** Where it stands with the incident’s ticket once the work is off the queue untold; undefined when it has to be told. */
  needless(id: number): { incident: string; ticketState: TicketState } | undefined {
    const row = this.#find.get(id);
    if (!row || row.died_at !== null) return undefined;
    const { action, healed, unopened } = workOf(row);
    if (action === 'open' ? !healed : !unopened) return undefined;
    return this.#removeUntold(row, action === 'open');
  }

  /** The dead work’s incident, its store or chain, and its desk; undefined when there was no such dead work. */
  discard(id: number): { incident: string; store: string; desk: string } | undefined {
    const row = this.#find.get(id);
    if (!row || row.died_at === null) return undefined;
    const { view, desk } = workOf(row);
    // What follows an opening that is not to be has nothing to follow.
    const { incident } = this.#removeUntold(row, Boolean(row.unopened));
    return { incident, desk, store: 'chain' in view ? view.chain : view.store };
  }

  #removeUntold({ id, incident, desk }: WorkRow, withAllBehind: boolean) {
    this.#tellEnd.run(incident, desk, id, withAllBehind ? Number.MAX_SAFE_INTEGER : id);
    if (withAllBehind) this.#drop.run(incident, desk, id);
    else this.#remove.run(id);
    return { incident, ticketState: this.#settle.get(incident)?.ticket_state ?? 'none' };
  }

  tried(id: number, at: number): void {
    this.#try.run(at, id);
  }

  /** Incidents of which another desk was told, and what became of the rest. */
  passOn({ desk, to, waitingSince, limit }: OverdueWork, at: number): PassedOn & { incidents: Set<string> } {
    const incidents = new Set<string>();
    const overdue = this.#overdue.all(desk, waitingSince, limit);
    for (const row of overdue) {
      const action = standInAction(row.action, this.#isKnown.get(row.incident, to) !== undefined);
      if (action) {
        this.#standIn.run(to, action, at, row.id);
        incidents.add(row.incident);
      }
      this.#pass.run(at, row.id);
    }
    for (const incident of incidents) this.#settle.get(incident);
    const next = this.#waitingSince.get(desk, waitingSince)?.at ?? undefined;
    return { passed: overdue.length, waitingSince: next, incidents };
  }

  figures(): TicketQueueFigures[] {
    return this.#figures.all().map(({ desk, waiting, dead, oldest }) => ({ desk, waiting, dead, oldestAt: oldest }));
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
    if (incident !== undefined) this.#settle.get(incident);
    return incident;
  }
}
