import type { Report } from '../../protocol/messages.ts';
import type { CommittedReport } from '../ingest/pipeline.ts';
import type { MetricRow, MetricsStore, StateStore } from '../ports.ts';
import { readFrames } from '../report-log.ts';
import { rowsOf } from './report-rows.ts';

export interface MetricsSinkOptions {
  state: StateStore;
  metrics: MetricsStore;
  /** Milliseconds between two flushes when nothing presses. */
  flushEveryMs: number;
  /** The store refused, and will be tried again; `undefined` when it took something after that. */
  onTrouble: (error: Error | undefined) => void;
}

/** Groups kept in memory for a store that is slower than the reports; what is beyond is read from the log again. */
const QUEUE_GROUPS = 64;
const CATCH_UP_ROWS = 16;

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
  #working: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #troubled = false;
  #closed = false;

  constructor(options: MetricsSinkOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    this.#handed = await this.#options.metrics.appliedLogId();
    // What the store already has needs no longer be kept.
    this.#options.state.trimLog(this.#handed);
    this.#timer = setInterval(() => this.#work(() => this.#flush()), this.#options.flushEveryMs);
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

  /** Resolves when what was committed so far is on disk in the metrics store. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#work(() => this.#drain());
    this.#work(() => this.#flush());
    await this.#working;
    this.#closed = true;
  }

  #wake(): void {
    this.#work(() => this.#drain());
  }

  /** One thing at a time, in order. */
  #work(task: () => Promise<void>): void {
    if (this.#closed) return;
    const before = this.#working;
    this.#working = (async () => {
      await before;
      try {
        await task();
        if (this.#troubled) this.#options.onTrouble(undefined);
        this.#troubled = false;
      } catch (error) {
        this.#troubled = true;
        this.#behind = true;
        this.#queue = [];
        this.#options.onTrouble(error as Error);
      }
    })();
  }

  async #drain(): Promise<void> {
    while (this.#behind) {
      const rows = this.#options.state.readLog(this.#handed, CATCH_UP_ROWS);
      if (rows.length === 0) this.#behind = false;
      for (const row of rows) {
        await this.#options.metrics.append(rowsOfFrames(row.frames), row.id);
        this.#handed = row.id;
      }
      // Judging and the wall come before history.
      await new Promise((resolve) => setImmediate(resolve));
    }
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      await this.#options.metrics.append(next.rows, next.logId);
      this.#handed = next.logId;
    }
  }

  async #flush(): Promise<void> {
    this.#options.state.trimLog(await this.#options.metrics.flush());
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
