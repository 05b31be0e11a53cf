import type { DeviceKey } from '../../protocol/names.ts';
import type { Reading } from '../../protocol/views.ts';
import type {
  Horizons,
  MetricRow,
  MetricsStats,
  MetricsStore,
  RangeQuery,
  RangeSeries,
  RollupRow,
  ScanBatch,
} from '../ports.ts';
import { sendLate, sendRollups } from './extras.ts';
import { InfluxError } from './influx-error.ts';
import { readLatest } from './latest.ts';
import { AHEAD_MS, FIVE_MINUTES, HOUR } from './levels.ts';
import { FIRST_INSTANT, LAST_INSTANT, Lines } from './lines.ts';
import { MarkBook } from './marks.ts';
import type { InfluxOptions, KeptDays } from './options.ts';
import { readRange } from './range.ts';
import { rollUp } from './rollups.ts';
import { scanAll } from './scan.ts';
import { InfluxServer } from './server.ts';
import { readStats } from './stats.ts';
import { CHUNK_LINES, Writer } from './writer.ts';

export interface InfluxDependencies {
  /** How long the databases we make keep readings; for ever where it is left out. */
  retention?: KeptDays;
  /** Told of points the server will never take, with what it said. */
  onRefused?: (points: number, reason: string, said: string) => void;
  /** Milliseconds since 1970; the machine's by default. */
  now?: () => number;
  /** Milliseconds that only grow; the machine's by default. */
  monotonicMs?: () => number;
}

/** More waits in memory only while a chunk is on its way. */
const MOST_LINES = 2 * CHUNK_LINES;
const FLUSH_EVERY_MS = 1_000;
/** One call of `retain` works no longer than this; the next goes on. */
const RETAIN_MS = 300_000;
/** `last` looks no further back. */
const LAST_WITHIN_MS = 14 * 24 * HOUR;
/** What is younger is never rolled up yet. */
const YOUNG_MS = 12 * HOUR;
const WIDTHS = [
  ['1h', HOUR],
  ['5m', FIVE_MINUTES],
] as const;

/**
 * Opens a metrics store on an InfluxDB. It need not be there yet: what needs it rejects with an InfluxError, and may be
 * tried again.
 * @throws InfluxError when the options lack what their version needs.
 */
export function openInfluxMetricsStore(
  options: InfluxOptions,
  dependencies: InfluxDependencies = {},
): InfluxMetricsStore {
  const missing = { 1: [], 2: ['org', 'token'] as const, 3: ['token'] as const }[options.version].filter(
    (name) => options[name] === undefined,
  );
  if (missing.length > 0) {
    throw new InfluxError(`InfluxDB version ${options.version} needs ${missing.join(' and ')}`);
  }
  return new InfluxMetricsStore(options, dependencies);
}

/**
 * Readings wait here until there is a chunk of them or `flush` is called. What was not sent when the process ends, the
 * report log has still; what it gives again replaces itself.
 */
export class InfluxMetricsStore implements MetricsStore {
  readonly flushEveryMs = FLUSH_EVERY_MS;
  readonly #server: InfluxServer;
  readonly #writer: Writer;
  readonly #marks: MarkBook;
  readonly #lines = new Lines();
  readonly #now: () => number;
  readonly #monotonicMs: () => number;
  #waiting: string[] = [];
  /** Among what waits: samples from before the mark. */
  #late: MetricRow[] = [];
  /** The last log row taken, and the last whose lines were all sent. */
  #taken = 0;
  #safe = 0;
  #sending: Promise<void> = Promise.resolve();
  #scans = 0;
  #closed = false;

  constructor(options: InfluxOptions, { retention, onRefused, now, monotonicMs }: InfluxDependencies) {
    this.#now = now ?? Date.now;
    this.#monotonicMs = monotonicMs ?? (() => performance.now());
    this.#server = new InfluxServer(options, retention, this.#now);
    this.#writer = new Writer({ server: this.#server, now: this.#now, onRefused: onRefused ?? (() => {}) });
    this.#marks = new MarkBook(this.#server, this.#now, this.#monotonicMs);
  }

  /** Points the server would not take, since the start, by reason. */
  get refused(): Readonly<Record<string, number>> {
    return this.#writer.refused;
  }

  /** Waits while too much is on its way. When it rejects, nothing of these rows was taken. */
  async append(rows: readonly MetricRow[], logId?: number): Promise<void> {
    if (logId !== undefined && logId <= this.#taken) return;
    while (this.#waiting.length + this.#late.length >= MOST_LINES) await this.#send();
    const young = this.#now() - YOUNG_MS;
    const isOld = rows.some(({ at }) => at < young);
    const late = isOld ? (await this.#marks.read())['5m'] + AHEAD_MS : -Infinity;
    for (const row of rows) {
      if (!(row.at > FIRST_INSTANT && row.at < LAST_INSTANT)) {
        this.#writer.refuse(1, 'time out of range');
        continue;
      }
      if (row.at < late) this.#late.push(row);
      else {
        const line = this.#lines.ofRow(row);
        if (line !== undefined) this.#waiting.push(line);
      }
    }
    this.#taken = logId ?? this.#taken;
  }

  async flush(): Promise<number> {
    await this.#send();
    return this.#safe;
  }

  needsFlush(): boolean {
    return this.#waiting.length >= CHUNK_LINES;
  }

  /** The server does its own housekeeping. */
  maintain(): void {}

  /** 0 after it was opened: what the log still has comes again. */
  appliedLogId(): number {
    return this.#safe;
  }

  async range(query: RangeQuery): Promise<RangeSeries[]> {
    await this.#settle();
    return readRange(this.#server, this.#marks, query);
  }

  async last(device: DeviceKey): Promise<Reading[]> {
    await this.#settle();
    const marks = await this.#marks.read();
    const from = Math.max(this.#now() - LAST_WITHIN_MS, marks['5m'], marks.gone);
    return readLatest(this.#server, device, from);
  }

  async retain(horizons: Horizons): Promise<void> {
    if (this.#scans > 0) return;
    await this.#settle();
    const until = this.#monotonicMs() + RETAIN_MS;
    await rollUp({ ...this.#tools(), isEnough: () => this.#closed || this.#monotonicMs() > until }, horizons);
  }

  async *scan(): AsyncGenerator<ScanBatch> {
    this.#scans++;
    try {
      await this.#send();
      yield* scanAll(this.#server, this.#marks);
    } finally {
      this.#scans--;
    }
  }

  async appendRollups(rows: readonly RollupRow[]): Promise<void> {
    await this.#send();
    for (const [level, widthMs] of WIDTHS) {
      await sendRollups(
        this.#tools(),
        level,
        rows.filter((row) => row.widthMs === widthMs),
      );
    }
  }

  stats(): Promise<MetricsStats> {
    return readStats(this.#server, this.#writer.sent);
  }

  /** Does not flush: what waits, the log gives again. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#waiting = [];
    this.#late = [];
    await this.#sending.catch(() => {});
    this.#server.close();
  }

  /** What waits is to be seen by a read; where the server does not take it, the read tells what there is. */
  async #settle(): Promise<void> {
    if (this.#waiting.length + this.#late.length > 0) await this.#send().catch(() => {});
  }

  /** Sends what waits now, after what is being sent. */
  #send(): Promise<void> {
    const before = this.#sending;
    this.#sending = (async () => {
      await before.catch(() => {});
      const taken = this.#taken;
      const late = this.#late.slice();
      for (let left = this.#waiting.length; left > 0; ) {
        const chunk = this.#waiting.slice(0, Math.min(left, CHUNK_LINES));
        // Closed meanwhile.
        if (chunk.length === 0) return;
        await this.#writer.send('raw', chunk);
        this.#waiting.splice(0, chunk.length);
        left -= chunk.length;
      }
      await sendLate(this.#tools(), late);
      this.#late.splice(0, late.length);
      this.#safe = Math.max(this.#safe, taken);
    })();
    return this.#sending;
  }

  #tools() {
    return { server: this.#server, writer: this.#writer, lines: this.#lines, marks: this.#marks };
  }
}
