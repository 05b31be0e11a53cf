import type { DeviceKey } from '../../protocol/names.ts';
import type { Reading } from '../../protocol/views.ts';

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
