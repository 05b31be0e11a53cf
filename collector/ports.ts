import type { EngineEvent } from '../alerting/engine/types.ts';
import type { AlertingStore, DeadTicketWork, JudgementWrites } from '../alerting/ports.ts';
import type { Chain } from '../protocol/inventory.ts';
import type { DeviceKey, StoreKey } from '../protocol/names.ts';
import type { IncidentView, Reading, TimelineEntry } from '../protocol/views.ts';

/**
 * What has been seen of one run of an agent: report numbers as closed ranges, ascending and apart,
 * e.g. `[[1, 400], [402, 402]]`.
 */
export interface Cursor {
  agent: DeviceKey;
  boot: string;
  seen: readonly (readonly [number, number])[];
}

/** All that one group of messages changes: stored whole or not at all. */
export interface CommitWrites {
  /** Replaces the cursor of (agent, boot). */
  cursors: Cursor[];
  /** Current boot of agents that said birth. */
  boots: { agent: DeviceKey; boot: string; birth: string | undefined }[];
  /** The reports of this group, framed (see `report-log.ts`); absent when there were none. */
  log: Uint8Array | undefined;
  judgement: JudgementWrites;
  setAside: SetAside[];
  /** Ids of handed events this group has judged. */
  handled: number[];
}

/** A message that was refused: kept, bounded, with its reason, for people to look at. */
export interface SetAside {
  at: number;
  source: string;
  reason: string;
  /** First bytes of what came, at most 512. */
  sample: Uint8Array;
}

/** One share of the stores: those whose `partitionOf` is `index`. A collector alone has the one share there is, 0 of 1. */
export interface Partition {
  index: number;
  of: number;
}

/** The right to write a partition's rows, until somebody else is given it. */
export interface Lease {
  partition: number;
  /** Grows with every holder: what an earlier one still tries to write is refused. */
  epoch: number;
}

/** Thrown by a commit whose lease has gone to another collector: nothing was stored, nothing will be. */
export class LeaseLost extends Error {
  constructor(partition: number) {
    super(`partition ${partition} has gone to another collector`);
    this.name = 'LeaseLost';
  }
}

/**
 * What belongs to one partition: cursors, judgement, incidents, ticket work and the report log. One collector at a time
 * writes it. Every call rejects with a StateStoreError when the store does not answer in time, and leaves nothing half done.
 */
export interface PartitionStore extends AlertingStore {
  /**
   * One transaction, on disk when it resolves; when it rejects, nothing is stored. Resolves to the log row's id, if one
   * was written: ids of a partition grow and never come twice.
   * @throws LeaseLost
   */
  commit(writes: CommitWrites): Promise<number | undefined>;

  loadCursors(): Promise<Iterable<Cursor>>;
  loadBoots(): Promise<Iterable<{ agent: DeviceKey; boot: string; birth: string | undefined }>>;

  /** Log rows after `afterId`, in order, at most `limit`. */
  readLog(afterId: number, limit: number): Promise<{ id: number; at: number; frames: Uint8Array }[]>;
  /** Removes log rows up to and including `id`: every sink has them. */
  trimLog(id: number): Promise<void>;
  logSize(): Promise<LogSize>;

  /** Events other collectors were told of and this partition must judge, oldest first. Gone once `writes.handled` names them. */
  handedEvents(): Promise<{ id: number; event: EngineEvent }[]>;
}

export interface LogSize {
  rows: number;
  bytes: number;
  /** When the oldest was written, milliseconds since 1970. */
  oldestAt: number | undefined;
}

/** The state store: what the partitions hold, and what all of them share: inventory, incidents to read, tokens, audit. */
export interface StateStore {
  /** The rows of one partition. Without a lease, for a store that one process has for itself alone. */
  partition(partition: Partition, lease?: Lease): Promise<PartitionStore>;

  /** Chains with their stores and devices. */
  loadInventory(): Promise<Chain[]>;
  /** Replaces the chains named in `chains` and leaves the others. */
  saveInventory(chains: readonly Chain[], by: string, at: number): Promise<void>;
  /** Grows with every `saveInventory`. */
  inventoryRevision(): Promise<number>;

  /** Of all partitions. */
  incidents(query: IncidentQuery): Promise<IncidentView[]>;
  incident(number: number): Promise<{ incident: IncidentView; timeline: TimelineEntry[] } | undefined>;
  /** Dead ticket work of all partitions, newest first. */
  deadTicketWork(limit: number): Promise<DeadTicketWork[]>;
  /** Puts dead work back in its place, due now. Undefined when there is no such dead work; otherwise its incident's store. */
  replayTicketWork(id: number, now: number): Promise<StoreKey | undefined>;
  /** What an agent of any partition said of itself at its last birth, as JSON. */
  birthOf(agent: DeviceKey): Promise<string | undefined>;

  /** `hash` is SHA-256 of the token, hex. */
  tokenByHash(hash: string): Promise<{ name: string; role: Role } | undefined>;
  saveToken(token: { hash: string; name: string; role: Role; at: number }): Promise<void>;
  /** 32 random bytes under this name, made at the first call and the same for every collector from then on. */
  secret(name: string): Promise<Uint8Array>;

  audit(entry: AuditEntry): Promise<void>;
  auditLog(limit: number): Promise<AuditEntry[]>;

  /** Newest first, with the count per reason since ever. */
  setAside(limit: number): Promise<{ entries: SetAside[]; counts: Record<string, number> }>;

  close(): Promise<void>;
}

/** How several collectors share one state store. Times are the store's own: collectors need not agree on the hour. */
export interface Cluster {
  /** Shares there are; the same for every collector. */
  readonly partitions: number;
  /**
   * Says that this collector is there and renews its leases for another ten seconds. To be called every two or three.
   * A held lease that is not in the answer has been lost.
   */
  beat(me: { id: string; url: string }, held: readonly Lease[]): Promise<ClusterView>;
  /** The partition's lease, if nobody holds it. */
  take(id: string, partition: number): Promise<Lease | undefined>;
  /** Others may take it at once. */
  giveBack(lease: Lease): Promise<void>;
  /** This collector goes, with all its leases. */
  leave(id: string): Promise<void>;

  /**
   * What the holder of a partition has changed since `after`: for the walls of the others. 0 tells all there is: of
   * incidents those that are open and those resolved within a day, of stores no removed ones.
   */
  changes(partition: number, after: number): Promise<PartitionChanges>;
  /** Gives the event to whoever holds the partition. Resolves when it is judged and committed; rejects after `timeoutMs`. */
  hand(partition: number, event: EngineEvent, timeoutMs: number): Promise<void>;
  /** Calls the listener soon after something happened; it may be missed now and then, so look by yourself as well. */
  onNews(listener: (news: ClusterNews) => void): () => void;
}

export interface ClusterView {
  /** Collectors that are there, by id, sorted. */
  collectors: { id: string; url: string }[];
  /** Leases of `held` that still hold. */
  held: Lease[];
  /** Partitions nobody holds. */
  free: number[];
  /** The highest incident number given by anyone. */
  lastIncident: number;
  inventoryRevision: number;
}

export interface PartitionChanges {
  /** To be given as `after` next time. */
  position: number;
  /** `state: undefined`: nothing is kept of this store any more. */
  judgement: { store: StoreKey; state: string | undefined }[];
  incidents: IncidentView[];
}

export type ClusterNews =
  /** Somebody committed in this partition, or a desk answered for it. */
  | { kind: 'changed'; partition: number }
  /** An event waits for this partition. */
  | { kind: 'handed'; partition: number }
  /** A lease became free, or a collector came or went. */
  | { kind: 'leases' }
  | { kind: 'inventory' };

export type Role = 'viewer' | 'operator' | 'admin';

export interface AuditEntry {
  at: number;
  /** Token name, or `system`. */
  who: string;
  action: string;
  detail: string;
}

export interface IncidentQuery {
  state?: 'open' | 'resolved';
  store?: StoreKey;
  /** Resolved after this time (ms since 1970). Open ones always match. */
  since?: number;
  limit: number;
}

/** Readings of one device at one instant, as metrics stores take them. */
export interface MetricRow {
  device: DeviceKey;
  /** Milliseconds since 1970. */
  at: number;
  measurement: string;
  tags: Readonly<Record<string, string>>;
  fields: Readonly<Record<string, number>>;
}

export const AGGREGATES = ['mean', 'min', 'max', 'sum', 'count', 'last'] as const;
export type Aggregate = (typeof AGGREGATES)[number];

export interface RangeQuery {
  device: DeviceKey;
  measurement: string;
  field: string;
  /** Only series that bear these tags. */
  tags?: Readonly<Record<string, string>>;
  /** Inclusive, milliseconds since 1970. */
  from: number;
  /** Exclusive. */
  to: number;
  /** Bucket width in milliseconds; buckets are aligned to multiples of it since 1970. */
  stepMs: number;
  aggregate: Aggregate;
}

export interface RangeSeries {
  tags: Record<string, string>;
  /** Ascending bucket starts with their value. A bucket without samples is left out: a gap stays a gap. */
  points: [number, number][];
}

/** The metrics store. What fails may carry `retryAfterMs`: how long it wants to be left alone. */
export interface MetricsStore {
  /** How often it should be flushed when nothing presses; once a minute where it does not say. */
  readonly flushEveryMs?: number;
  /** Points that it will never take and that are lost, since it was opened, by reason. */
  readonly refused?: Readonly<Record<string, number>>;
  /**
   * Takes the rows of log row `logId`. Taking the same log row twice changes nothing: a store knows the last one it has
   * on disk. Rows may come in any order of time; a sample for the same series and instant replaces the earlier one, as
   * long as that one is no part of a roll-up: from then on it can't be told apart, and counts beside it.
   * Without a `logId` the rows are no part of the log: those of another store's `scan`. They are always taken, and the
   * log stays where it is.
   */
  append(rows: readonly MetricRow[], logId?: number): void | Promise<void>;
  /** Puts on disk all that was appended. Returns the last log id that is safe: the log may be trimmed up to it. */
  flush(): number | Promise<number>;
  /** True when so much waits in memory that `flush` should not wait for its time. */
  needsFlush(): boolean;
  /** A short step of the store's own housekeeping; to be called every few seconds. */
  maintain(): void | Promise<void>;
  /** The last log id on disk. */
  appliedLogId(): number | Promise<number>;
  /**
   * What was appended is seen at once, flushed or not. Series in a stable order. A roll-up counts as standing where it
   * begins: it is told whole if it begins in [from, to), in the bucket of the step in which it begins.
   */
  range(query: RangeQuery): RangeSeries[] | Promise<RangeSeries[]>;
  /** The newest sample of every series of a device. Of a series with roll-ups only, their last, or nothing. */
  last(device: DeviceKey): Reading[] | Promise<Reading[]>;
  /**
   * Makes roll-ups of what is too old to be kept as it came, and forgets what is too old even for these. `range` tells
   * raw samples and roll-ups as one; over the old part no finer than the roll-up's own step. A sample is raw or in one
   * roll-up, never in both. One that comes late goes into a roll-up that is there already: the bucket's count and sum
   * grow, its `last` becomes that of what came later. A bucket goes one level up as a whole, so horizons count from the
   * bucket's start in which they stand; a store may wait up to a day before it moves something up, but what stands before
   * `horizons.hour` is told no more at once. The horizons are obeyed as they are: guard against a clock that leaps ahead.
   */
  retain(horizons: Horizons): void | Promise<void>;
  /**
   * Everything there is when it begins, device by device, in batches of some thousands, to be put into another store.
   * Roll-ups come as `rollup` batches, each bucket once and whole. `done` and `total` are in the store's own unit. The
   * store may be appended to meanwhile; `retain` makes no roll-ups until it ends, so take all of it or `return` the
   * iterator. To be taken twice by one store only if no `retain` came between: what was raw would be there twice.
   */
  scan(): AsyncIterable<ScanBatch>;
  /**
   * Takes roll-ups from another store's `scan`, on disk when it resolves. Each replaces the bucket of the same series,
   * width and start, if there is one, where `retain` adds to it: so taking the same twice changes nothing.
   */
  appendRollups(rows: readonly RollupRow[]): Promise<void>;
  stats(): MetricsStats | Promise<MetricsStats>;
  close(): void | Promise<void>;
}

export interface MetricsStats {
  series: number;
  /** Samples on disk as they came, without those in roll-ups. */
  samples: number;
  bytes: number;
}

/** Instants (ms since 1970) before which samples go one level up, or away. */
export interface Horizons {
  /** Raw samples before this become 5-minute roll-ups. */
  raw: number;
  /** 5-minute roll-ups before this become hourly ones. */
  fiveMinutes: number;
  /** Hourly roll-ups before this are forgotten. */
  hour: number;
}

/** One bucket of one series: all that is needed to make any aggregate of it again. */
export interface RollupRow {
  device: DeviceKey;
  measurement: string;
  tags: Readonly<Record<string, string>>;
  field: string;
  /** Bucket width in milliseconds: 300,000 or 3,600,000. */
  widthMs: number;
  /** Bucket start, a multiple of the width. */
  at: number;
  count: number;
  sum: number;
  min: number;
  max: number;
  last: number;
}

export type ScanBatch =
  | { kind: 'raw'; rows: MetricRow[]; done: number; total: number }
  | { kind: 'rollup'; rows: RollupRow[]; done: number; total: number };

/** The MQTT broker, embedded or external. */
export interface Broker {
  /**
   * True when the broker itself acknowledges a message before we have committed it: then agents keep a report until a
   * receipt names it, because a broker that is killed forgets what it had acknowledged.
   */
  readonly needsReceipts: boolean;
  /**
   * Receives what is published for the stores of a partition. A message is acknowledged to the broker's side when its `done`
   * is called and not before; what was not is given again to whoever opens the partition next. One that was not accepted
   * is acknowledged too, so that it is not sent for ever, but handed to no one.
   * `onListening` is told whether messages can come in; until its first word, they can.
   */
  open(
    partition: Partition,
    stores: readonly StoreKey[],
    handler: MessageHandler,
    onListening?: (isListening: boolean) => void,
  ): Promise<Intake>;
  publish(topic: string, payload: string, options: { qos: 0 | 1; retain: boolean }): Promise<void>;
  stats(): BrokerStats;
  close(): Promise<void>;
}

export type MessageHandler = (message: InboundMessage, done: (accepted: boolean) => void) => void;

/** A partition's stream of messages. */
export interface Intake {
  /** The inventory changed: from now on these stores. */
  setStores(stores: readonly StoreKey[]): Promise<void>;
  /** Takes nothing more; what is not done goes to the next. */
  close(): Promise<void>;
}

export interface BrokerStats {
  /** MQTT connections; undefined where the broker is not ours. */
  clients: number | undefined;
  /** Whether messages can come in just now. */
  connected: boolean;
}

export interface InboundMessage {
  topic: string;
  payload: Uint8Array;
  /** Kept by the broker from before, not sent just now. */
  retain: boolean;
  /** The sender's MQTT client id, where the broker knows it. */
  client: string | undefined;
}
