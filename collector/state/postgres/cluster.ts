import type { EngineEvent } from '../../../alerting/engine/types.ts';
import type { MajorView } from '../../../protocol/majors.ts';
import type { StoreKey } from '../../../protocol/names.ts';
import type { IncidentView } from '../../../protocol/views.ts';
import type { Cluster, ClusterNews, ClusterView, Lease, PartitionChanges } from '../../ports.ts';
import { INCIDENT_COLUMNS, type IncidentRow, isMajor, viewOf } from '../incident-record.ts';
import { StateStoreError } from '../state-store-error.ts';
import type { Database } from './database.ts';
import type { News } from './news.ts';

/** A handed event is looked after this often, in case the news of its end was missed. */
const LOOK_MS = 500;
/** What was resolved longer ago is no news to a wall that starts. */
const RECENT = "interval '1 day'";

/** Who holds what. All times are the database's clock, read when a row is had, not when one began to wait for it. */
export class PostgresCluster implements Cluster {
  readonly partitions: number;
  readonly #db: Database;
  readonly #news: News;
  readonly #leaseS: number;

  constructor(db: Database, news: News, partitions: number, leaseMs: number) {
    this.partitions = partitions;
    this.#db = db;
    this.#news = news;
    this.#leaseS = leaseMs / 1_000;
  }

  async beat(me: { id: string; url: string }, held: readonly Lease[]): Promise<ClusterView> {
    await this.#db.query(
      `WITH gone AS (
         DELETE FROM collector WHERE id IN (
           SELECT id FROM collector WHERE until < clock_timestamp() AND id <> $1 FOR UPDATE SKIP LOCKED)
         RETURNING id),
       present AS (
         INSERT INTO collector (id, url, until) VALUES ($1, $2, clock_timestamp() + make_interval(secs => $3))
         ON CONFLICT (id) DO UPDATE SET url = excluded.url, until = excluded.until
         RETURNING xmax = 0 AS is_new)
       SELECT pg_notify('vigie', 'leases') FROM present WHERE is_new OR EXISTS (SELECT FROM gone)`,
      [me.id, me.url, this.#leaseS],
    );
    const renewed = await this.#db.query<Lease>(
      `UPDATE partition SET until = clock_timestamp() + make_interval(secs => $4)
       FROM unnest($2::int[], $3::bigint[]) AS mine (number, epoch)
       WHERE partition.number = mine.number AND partition.epoch = mine.epoch AND holder = $1
       RETURNING partition.number AS partition, partition.epoch`,
      [me.id, held.map((lease) => lease.partition), held.map((lease) => lease.epoch), this.#leaseS],
    );
    const [view] = await this.#db.query<Omit<ClusterView, 'held'> & { partitions: number }>(
      `SELECT partitions, inventory_revision AS "inventoryRevision",
         (SELECT coalesce(max(number), 0) FROM incident) AS "lastIncident",
         ARRAY(SELECT number FROM partition
           WHERE until IS NULL OR until < clock_timestamp() ORDER BY number) AS free,
         (SELECT json_agg(json_build_object('id', id, 'url', url) ORDER BY id COLLATE "C")
           FROM collector WHERE until >= clock_timestamp()) AS collectors
       FROM installation`,
    );
    const { partitions, ...rest } = view as NonNullable<typeof view>;
    if (partitions !== this.partitions) {
      const sentence = `it was divided anew, into ${partitions} partitions, and this collector is set to ${this.partitions}`;
      throw new StateStoreError('shared-otherwise', this.#db.place, sentence);
    }
    return { ...rest, held: renewed.sort((a, b) => a.partition - b.partition) };
  }

  async take(id: string, partition: number): Promise<Lease | undefined> {
    const [lease] = await this.#db.query<Lease>(
      `UPDATE partition SET holder = $1, epoch = epoch + 1, until = clock_timestamp() + make_interval(secs => $3)
       WHERE number = $2 AND (until IS NULL OR until < clock_timestamp())
         AND $4 = (SELECT partitions FROM installation)
       RETURNING number AS partition, epoch`,
      [id, partition, this.#leaseS, this.partitions],
    );
    return lease;
  }

  async giveBack({ partition, epoch }: Lease): Promise<void> {
    await this.#db.query(
      `WITH free AS (
         UPDATE partition SET holder = NULL, until = NULL, epoch = epoch + 1
         WHERE number = $1 AND epoch = $2 RETURNING number)
       SELECT pg_notify('vigie', 'leases') FROM free`,
      [partition, epoch],
    );
  }

  async leave(id: string): Promise<void> {
    await this.#db.query(
      `WITH free AS (UPDATE partition SET holder = NULL, until = NULL, epoch = epoch + 1 WHERE holder = $1),
       gone AS (DELETE FROM collector WHERE id = $1)
       SELECT pg_notify('vigie', 'leases')`,
      [id],
    );
  }

  async changes(partition: number, after: number): Promise<PartitionChanges> {
    const [now] = await this.#db.query<{ position: number }>(
      'SELECT revision AS position FROM partition WHERE number = $1',
      [partition],
    );
    const position = now?.position ?? after;
    if (position === after) return { position, judgement: [], incidents: [], majors: [] };
    // Commits of a partition follow one another, so whatever is up to the position is there; what is beyond comes next time.
    const isNew = `hash % ${this.partitions} = $1 AND revision > $2 AND revision <= $3`;
    const values = [partition, after, position];
    const judgement = await this.#db.query<{ store: StoreKey; state: string | null }>(
      `SELECT store, state FROM judgement WHERE ${isNew}${after === 0 ? ' AND state IS NOT NULL' : ''}`,
      values,
    );
    const isRecent = `(open OR resolved_at > extract(epoch FROM clock_timestamp() - ${RECENT}) * 1000)`;
    const incidents = await this.#db.query<IncidentRow>(
      `SELECT ${INCIDENT_COLUMNS} FROM incident WHERE ${isNew}${after === 0 ? ` AND ${isRecent}` : ''} ORDER BY revision`,
      values,
    );
    const views: (IncidentView | MajorView)[] = incidents.map((row) => viewOf(row));
    return {
      position,
      judgement: judgement.map(({ store, state }) => ({ store, state: state ?? undefined })),
      incidents: views.filter((view): view is IncidentView => !isMajor(view)),
      majors: views.filter(isMajor),
    };
  }

  async hand(partition: number, event: EngineEvent, timeoutMs: number): Promise<void> {
    const until = Date.now() + timeoutMs;
    const [handed] = await this.#db.query<{ id: number }>(
      `WITH handed AS (INSERT INTO handed (partition, event) VALUES ($1, $2) RETURNING id)
       SELECT id, pg_notify('vigie', 'handed ' || $1::int) FROM handed`,
      [partition, JSON.stringify(event)],
    );
    for (let left = timeoutMs; left > 0; left = until - Date.now()) {
      await this.#news.changeIn(partition, Math.min(left, LOOK_MS));
      const waiting = await this.#db.query('SELECT FROM handed WHERE id = $1', [handed?.id]);
      if (waiting.length === 0) return;
    }
    // Taken back, so that what was reported as failed is not done after all; unless it was done just now.
    const withdrawn = await this.#db.query('DELETE FROM handed WHERE id = $1 RETURNING id', [handed?.id]);
    if (withdrawn.length === 0) return;
    throw new StateStoreError('timeout', this.#db.place, `the holder of partition ${partition} did not answer in time`);
  }

  onNews(listener: (news: ClusterNews) => void): () => void {
    return this.#news.on(listener);
  }
}
