import type { EngineEvent } from '../../../alerting/engine/types.ts';
import type { OverdueWork, PassedOn, TicketWork } from '../../../alerting/ports.ts';
import type { MajorView } from '../../../protocol/majors.ts';
import type { DeviceKey, StoreKey } from '../../../protocol/names.ts';
import type { IncidentView, TimelineEntry } from '../../../protocol/views.ts';
import type { TicketState } from '../../../protocol/weights.ts';
import {
  type CommitWrites,
  type Cursor,
  type Lease,
  LeaseLost,
  type LogSize,
  type PartitionStore,
} from '../../ports.ts';
import { INCIDENT_COLUMNS, type IncidentRow, IS_MAJOR, IS_SINGLE, majorOf, viewOf } from '../incident-record.ts';
import { decodeSeen } from '../seen-ranges.ts';
import { ITS_TURN, WORK, type WorkRow, workOf } from '../ticket-record.ts';
import { historyArguments } from './availability-rows.ts';
import { commitArguments } from './commit-arguments.ts';
import type { Database } from './database.ts';
import { eventArguments } from './event-rows.ts';
import { LEASE_LOST, sqlStateOf } from './explain-error.ts';
import { clean } from './json-rows.ts';
import { judgedArguments } from './judged-rows.ts';

/** One partition as its holder sees it. What it writes bears its lease and is refused once that has gone to another. */
export class PostgresPartition implements PartitionStore {
  readonly #db: Database;
  readonly #partition: number;
  /** The beginning of every call that writes: partition, epoch, writer. */
  readonly #fence: readonly number[];
  /** Which rows are ours, in the words of the indexes. */
  readonly #isOurs: string;
  /**
   * The commit under way, or whose outcome is not known: the same writes are the same commit, under the same number,
   * and so are stored once however often they come. Other writes are another commit, with the next number.
   */
  #pending: { writes: CommitWrites; number: number } | undefined;
  #number = 0;

  private constructor(db: Database, lease: Lease, writer: number, of: number) {
    this.#db = db;
    this.#partition = lease.partition;
    this.#fence = [lease.partition, lease.epoch, writer];
    this.#isOurs = `hash % ${of} = ${lease.partition}`;
  }

  /** @throws LeaseLost */
  static async open(db: Database, lease: Lease, of: number): Promise<PostgresPartition> {
    const [row] = await db.query<{ writer: number }>(
      `UPDATE partition SET writer = writer + 1, commit_number = 0, commit_log = NULL
       WHERE number = $1 AND epoch = $2 RETURNING writer`,
      [lease.partition, lease.epoch],
    );
    if (!row) throw new LeaseLost(lease.partition);
    return new PostgresPartition(db, lease, row.writer, of);
  }

  async commit(writes: CommitWrites): Promise<number | undefined> {
    if (this.#pending?.writes !== writes) this.#pending = { writes, number: ++this.#number };
    const { number } = this.#pending;
    const log = await this.#commit(number, writes);
    this.#pending = undefined;
    return (log as number | null) ?? undefined;
  }

  #commit(number: number, writes: CommitWrites): Promise<unknown> {
    const { events = [], judgement } = writes;
    const all = [number, ...commitArguments(writes)];
    const { history, judged = [] } = judgement;
    if (events.length === 0 && judged.length === 0 && !history) return this.#write('commit_group', ...all);
    all.push(...historyArguments(history ?? { standings: [], evidence: [] }));
    if (events.length === 0 && judged.length === 0) return this.#write('commit_with_history', ...all);
    all.push(...eventArguments(events));
    if (judged.length === 0) return this.#write('commit_with_events', ...all);
    return this.#write('commit_with_judged', ...all, ...judgedArguments(judged));
  }

  async loadCursors(): Promise<Iterable<Cursor>> {
    const rows = await this.#db.query<{ agent: DeviceKey; boot: string; seen: string }>(
      `SELECT agent, boot, seen FROM cursor WHERE ${this.#isOurs} ORDER BY agent, heard`,
    );
    return rows.map(({ agent, boot, seen }) => ({ agent, boot, seen: decodeSeen(seen) }));
  }

  async loadBoots(): Promise<Iterable<{ agent: DeviceKey; boot: string; birth: string | undefined }>> {
    const rows = await this.#db.query<{ agent: DeviceKey; boot: string; birth: string | null }>(
      `SELECT agent, boot, birth FROM boot WHERE ${this.#isOurs}`,
    );
    return rows.map(({ agent, boot, birth }) => ({ agent, boot, birth: birth ?? undefined }));
  }

  loadJudgement(): Promise<Iterable<{ store: StoreKey; state: string }>> {
    return this.#db.query<{ store: StoreKey; state: string }>(
      `SELECT store, state FROM judgement WHERE ${this.#isOurs} AND state IS NOT NULL`,
    );
  }

  async watchedUntil(): Promise<number | undefined> {
    const [row] = await this.#db.query<{ until: number }>('SELECT until FROM watched WHERE partition = $1', [
      this.#partition,
    ]);
    return row?.until;
  }

  async loadIncidents(): Promise<{ open: IncidentView[]; majors: MajorView[]; lastNumber: number }> {
    const select = (which: string) =>
      this.#db.query<IncidentRow>(
        `SELECT ${INCIDENT_COLUMNS} FROM incident WHERE open AND ${which} AND ${this.#isOurs} ORDER BY number`,
      );
    const open = await select(IS_SINGLE);
    const majors = await select(IS_MAJOR);
    const [last] = await this.#db.query<{ number: number | null }>('SELECT max(number) AS number FROM incident');
    return { open: open.map(viewOf), majors: majors.map(majorOf), lastNumber: last?.number ?? 0 };
  }

  readLog(afterId: number, limit: number): Promise<{ id: number; at: number; frames: Uint8Array }[]> {
    return this.#db.query(
      'SELECT id, at, frames FROM log WHERE partition = $1 AND id > $2 ORDER BY id LIMIT $3',
      [this.#partition, afterId, limit],
      'read_log',
    );
  }

  async trimLog(id: number): Promise<void> {
    await this.#write('trim_log', id);
  }

  async logSize(): Promise<LogSize> {
    const [size] = await this.#db.query<{ rows: number; bytes: number; oldestAt: number | null }>(
      `SELECT log_rows AS rows, log_bytes AS bytes,
         (SELECT at FROM log WHERE partition = $1 ORDER BY id LIMIT 1) AS "oldestAt"
       FROM partition WHERE number = $1`,
      [this.#partition],
    );
    return { rows: size?.rows ?? 0, bytes: size?.bytes ?? 0, oldestAt: size?.oldestAt ?? undefined };
  }

  handedEvents(): Promise<{ id: number; event: EngineEvent }[]> {
    return this.#db
      .query<{ id: number; event: string }>('SELECT id, event FROM handed WHERE partition = $1 ORDER BY id', [
        this.#partition,
      ])
      .then((rows) => rows.map(({ id, event }) => ({ id, event: JSON.parse(event) as EngineEvent })));
  }

  async dueTicketWork(now: number, limit: number): Promise<TicketWork[]> {
    const rows = await this.#db.query<WorkRow>(
      `${WORK} WHERE w.${this.#isOurs} AND w.died_at IS NULL AND w.not_before <= $1 AND ${ITS_TURN}
       ORDER BY w.id LIMIT $2`,
      [now, limit],
    );
    return rows.map(workOf);
  }

  async nextTicketWorkAt(): Promise<number | undefined> {
    const [row] = await this.#db.query<{ at: number }>(
      `SELECT w.not_before AS at FROM ticket_work w WHERE w.${this.#isOurs} AND w.died_at IS NULL AND ${ITS_TURN}
       ORDER BY w.not_before, w.id LIMIT 1`,
    );
    return row?.at;
  }

  async ticketWorkDone(id: number, ticket: string | undefined, { at, reason }: TimelineEntry): Promise<void> {
    const number = ticket === undefined ? null : clean(ticket);
    await this.#write('ticket_work_done', id, number, at, JSON.stringify(reason));
  }

  async ticketWorkFailed(id: number, error: string, notBefore: number): Promise<void> {
    await this.#write('ticket_work_failed', id, clean(error), notBefore);
  }

  async ticketWorkNoLaterThan(latest: number): Promise<void> {
    await this.#write('ticket_work_no_later', latest);
  }

  async ticketWorkDead(id: number, error: string, { at, reason }: TimelineEntry): Promise<void> {
    await this.#write('ticket_work_dead', id, clean(error), at, JSON.stringify(reason));
  }

  loadShadows(): Promise<{ incident: string; desk: string; shadow: string }[]> {
    return this.#db.query(
      `SELECT incident, desk, shadow FROM desk_shadow WHERE ${this.#isOurs} ORDER BY incident, desk`,
    );
  }

  async saveShadow(incident: string, desk: string, shadow: string | undefined): Promise<void> {
    await this.#write('desk_shadow_save', incident, desk, shadow === undefined ? null : clean(shadow));
  }

  async ticketWorkTried(id: number, at: number): Promise<void> {
    await this.#write('ticket_work_tried', id, at);
  }

  async ticketWorkNeedless(id: number, { at, reason }: TimelineEntry): Promise<TicketState | undefined> {
    return ((await this.#write('ticket_work_needless', id, at, JSON.stringify(reason))) ?? undefined) as
      | TicketState
      | undefined;
  }

  async passOnTicketWork(overdue: OverdueWork, { at, reason }: TimelineEntry): Promise<PassedOn> {
    const { desk, to, waitingSince: since, limit } = overdue;
    const told = await this.#write('ticket_work_pass_on', desk, to, since, limit, at, JSON.stringify(reason));
    const { passed, waitingSince } = told as { passed: number; waitingSince: number | null };
    return { passed, waitingSince: waitingSince ?? undefined };
  }

  async #write(name: string, ...rest: unknown[]): Promise<unknown> {
    const values = [...this.#fence, ...rest];
    const places = values.map((_, i) => `$${i + 1}`).join(', ');
    try {
      const [row] = await this.#db.query<{ result: unknown }>(`SELECT ${name}(${places}) AS result`, values, name);
      return row?.result;
    } catch (error) {
      throw sqlStateOf(error) === LEASE_LOST ? new LeaseLost(this.#partition) : error;
    }
  }
}
