import type { Report } from '../../protocol/messages.ts';
import type { CommittedReport } from '../ingest/pipeline.ts';
import type { MetricRow, MetricsStore, StateStore } from '../ports.ts';
import { readFrames } from '../report-log.ts';
import { rowsOf } from './report-rows.ts';

export interface MetricsSinkOptions {
  state: StateStore;
  metrics: MetricsStore;
  now: () => number;
  /** The store refused, and will be tried again; `undefined` when it took something after that. */
  onTrouble: (error: Error | undefined) => void;
}

/** Groups kept in memory for a store that is slower than the reports; what is beyond is read from the log again. */
const QUEUE_GROUPS = 64;
const CATCH_UP_ROWS = 16;
/** Between two flushes when nothing presses. */
const FLUSH_EVERY_MS = 60_000;
const MAINTAIN_EVERY_MS = 1_000;
const RETAIN_EVERY_MS = 3_600_000;
/** How long readings are kept. */
const KEPT_MS = 14 * 86_400_000;

/**
 * Carries committed reports from the log into the metrics store, at the store's own pace. The log keeps a row until the
 * store has it on disk, so a crash of either loses nothing and counts nothing twice.
 */
export class MetricsSink {
  readonly #options: MetricsSinkOptions;
  #queue: { logId: number; rows: MetricRow[] }[] = [];
  /** The last log row handed to the store. */
  #handed = 0;
  /** True while rows have to come from the log: after a start, or when the queue ran over. */
  #behind = true;
  #draining: Promise<void> | undefined;
  #flushing: Promise<void> | undefined;
  #timers: NodeJS.Timeout[] = [];
  #troubled = false;
  #closed = false;

  constructor(options: MetricsSinkOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    this.#handed = await this.#options.metrics.appliedLogId();
    // What the store already has needs no longer be kept.
    this.#options.state.trimLog(this.#handed);
    const { metrics, now } = this.#options;
    this.#timers = [
      setInterval(() => {
        this.#wake();
        void this.#flush();
      }, FLUSH_EVERY_MS),
      setInterval(() => this.#attempt(async () => metrics.maintain()), MAINTAIN_EVERY_MS),
      setInterval(() => this.#attempt(async () => metrics.retain(now() - KEPT_MS)), RETAIN_EVERY_MS),
    ];
    this.#wake();
  }

  /** Called after each commit. */
  offer(logId: number, reports: readonly CommittedReport[]): void {
    if (this.#behind) {
      this.#wake();
      return;
    }
    if (this.#queue.length >= QUEUE_GROUPS) {
      this.#queue = [];
      this.#behind = true;
    } else {
      this.#queue.push({ logId, rows: reports.flatMap((one) => rowsOf(one.device, one.report, one.skewMs)) });
    }
    this.#wake();
  }

  /** Resolves when what was committed so far is on disk in the metrics store, or stays in the log if that refuses. */
  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    this.#wake();
    await this.#draining;
    this.#closed = true;
    await this.#flushing;
    await this.#flush();
  }

  /** Drains, after what is being drained already. */
  #wake(): void {
    if (this.#closed) return;
    const before = this.#draining;
    this.#draining = (async () => {
      await before;
      const drained = await this.#attempt(() => this.#drain());
      if (drained) return;
      // What was queued is in the log, and is taken from there next time.
      this.#behind = true;
      this.#queue = [];
    })();
  }

  /** One flush at a time; readings go on being handed over meanwhile. */
  #flush(): Promise<void> {
    this.#flushing ??= (async () => {
      const flushed = await this.#attempt(async () => {
        this.#options.state.trimLog(await this.#options.metrics.flush());
      });
      if (flushed && this.#troubled) this.#options.onTrouble(undefined);
      this.#troubled = !flushed;
      this.#flushing = undefined;
    })();
    return this.#flushing;
  }

  /** Does what the store may refuse; false when it did. It is well again once it flushes. */
  async #attempt(task: () => Promise<void>): Promise<boolean> {
    try {
      await task();
      return true;
    } catch (error) {
      this.#troubled = true;
      this.#options.onTrouble(error as Error);
      return false;
    }
  }

  async #drain(): Promise<void> {
    while (this.#behind) {
      const rows = this.#options.state.readLog(this.#handed, CATCH_UP_ROWS);
      if (rows.length === 0) this.#behind = false;
      for (const row of rows) {
        await this.#hand(rowsOfFrames(row.frames), row.id);
      }
      // Judging and the wall come before history.
      await new Promise((resolve) => setImmediate(resolve));
    }
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      await this.#hand(next.rows, next.logId);
    }
  }

  async #hand(rows: MetricRow[], logId: number): Promise<void> {
    // A store that can't get its memory on disk must not be given more of it: the log keeps the rest.
    if (this.#troubled && this.#options.metrics.needsFlush()) throw new Error('the metrics store cannot write');
    await this.#options.metrics.append(rows, logId);
    this.#handed = logId;
    if (this.#options.metrics.needsFlush()) void this.#flush();
  }
}

function rowsOfFrames(frames: Uint8Array): MetricRow[] {
  const rows: MetricRow[] = [];
  for (const { device, skewMs, payload } of readFrames(frames)) {
    // These bytes passed the schema before they were logged.
    const report = JSON.parse(Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString()) as Report;
    for (const row of rowsOf(device, report, skewMs)) rows.push(row);
  }
  return rows;
}
