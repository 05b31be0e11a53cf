import type { AlertingStore, JudgementWrites } from '../alerting/ports.ts';
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
}

/** A message that was refused: kept, bounded, with its reason, for people to look at. */
export interface SetAside {
  at: number;
  source: string;
  reason: string;
  /** First bytes of what came, at most 512. */
  sample: Uint8Array;
}

/** The state store: inventory, cursors, judgement, incidents, ticket work, tokens, audit, and the report log. */
export interface StateStore extends AlertingStore {
  /** One transaction, on disk when it returns. Throws with nothing stored. Returns the log row's id, if one was written. */
  commit(writes: CommitWrites): number | undefined;

  loadCursors(): Iterable<Cursor>;
  loadBoots(): Iterable<{ agent: DeviceKey; boot: string; birth: string | undefined }>;

  /** Log rows after `afterId`, in order, at most `limit`. */
  readLog(afterId: number, limit: number): { id: number; at: number; frames: Uint8Array }[];
  /** Removes log rows up to and including `id`: every sink has them. */
  trimLog(id: number): void;
  logSize(): { rows: number; bytes: number; oldestAt: number | undefined };

  /** Chains with their stores and devices. */
  loadInventory(): Chain[];
  /** Replaces the chains named in `chains` and leaves the others. */
  saveInventory(chains: readonly Chain[], by: string, at: number): void;

  incidents(query: IncidentQuery): IncidentView[];
  incident(number: number): { incident: IncidentView; timeline: TimelineEntry[] } | undefined;

  /** `hash` is SHA-256 of the token, hex. */
  tokenByHash(hash: string): { name: string; role: Role } | undefined;
  saveToken(token: { hash: string; name: string; role: Role; at: number }): void;

  audit(entry: AuditEntry): void;
  auditLog(limit: number): AuditEntry[];

  /** Newest first, with the count per reason since ever. */
  setAside(limit: number): { entries: SetAside[]; counts: Record<string, number> };

  close(): void;
}

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

/** The metrics store. */
export interface MetricsStore {
  /**
   * Takes the rows of log row `logId`. Taking the same log row twice changes nothing: a store knows the last one it has
   * on disk. Rows may come in any order of time; a sample for the same series and instant replaces the earlier one.
   */
  append(rows: readonly MetricRow[], logId: number): void | Promise<void>;
  /** Puts on disk all that was appended. Returns the last log id that is safe: the log may be trimmed up to it. */
  flush(): number | Promise<number>;
  /** True when so much waits in memory that `flush` should not wait for its time. */
  needsFlush(): boolean;
  /** A short step of the store's own housekeeping; to be called every few seconds. */
  maintain(): void | Promise<void>;
  /** The last log id on disk. */
  appliedLogId(): number | Promise<number>;
  /** What was appended is seen at once, flushed or not. Series in a stable order. */
  range(query: RangeQuery): RangeSeries[] | Promise<RangeSeries[]>;
  /** The newest sample of every series of a device. */
  last(device: DeviceKey): Reading[] | Promise<Reading[]>;
  /** Drops samples older than `before` (ms since 1970). */
  retain(before: number): void | Promise<void>;
  stats(): MetricsStats | Promise<MetricsStats>;
  close(): void | Promise<void>;
}

export interface MetricsStats {
  series: number;
  /** Samples on disk. */
  samples: number;
  bytes: number;
}

/** The MQTT broker, embedded or external. */
export interface Broker {
  /**
   * Every message published. It is acknowledged to its sender when `done` is called, and not before. One that was not
   * accepted is acknowledged too, so that it is not sent for ever, but handed to no one.
   */
  onMessage(handler: (message: InboundMessage, done: (accepted: boolean) => void) => void): void;
  publish(topic: string, payload: string, options: { retain: boolean }): Promise<void>;
  stats(): { clients: number };
  close(): Promise<void>;
}

export interface InboundMessage {
  topic: string;
  payload: Uint8Array;
  /** Kept by the broker from before, not sent just now. */
  retain: boolean;
  /** The sender's MQTT client id, where the broker knows it. */
  client: string | undefined;
}
