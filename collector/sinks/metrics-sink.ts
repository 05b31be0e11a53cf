import type { Report } from '../../protocol/messages.ts';
import type { CommittedReport } from '../ingest/gather.ts';
import type { MetricRow, MetricsStore, PartitionStore } from '../ports.ts';
import { readFrames } from '../report-log.ts';
import { Chores, type Retention } from './chores.ts';
import { type LogFigures, LogGuard } from './log-guard.ts';
import { rowsOf } from './report-rows.ts';
import { RetryPause } from './retry-pause.ts';

/** What an operator may set. */
export interface SinkSettings {
  retention?: Retention;
  /** What the report log may hold, bytes; 10 GiB by default. */
  logMaxBytes?: number;
  /** Whether the store's housekeeping is done here; one collector of several does it. True by default. */
  chores?: boolean;
}

export interface MetricsSinkOptions extends SinkSettings {
  store: PartitionStore;
  metrics: MetricsStore;
  /** Forgets how stores stood before an instant. */
  forgetHistory?: (before: number) => Promise<void>;
  now: () => number;
  monotonicMs: () => number;
  /** What keeps readings from the store, told at each attempt; `undefined` when all is well after that. */
  onTrouble: (error: Error | undefined) => void;
  /** From 0 to 1, so that collectors do not all try again at once. */
  random?: () => number;
}

export interface SinkFigures extends LogFigures {
  /** Points the store will never take, by reason. */
  refused: Readonly<Record<string, number>>;
  /** Whether it works on the log's backlog. */
  behind: boolean;
}

/** Reports kept in memory for a store that is slower than they come; what is beyond is read from the log again. */
const QUEUE_REPORTS = 5_000;
const CATCH_UP_ROWS = 16;
/** Reports made into rows before judging may have its turn. */
const TURN_REPORTS = 100;
/** Between two flushes when nothing presses and the store does not say. */
const FLUSH_EVERY_MS = 60_000;
const WATCH_EVERY_MS = 2_000;
/** How long a stop goes on working on a backlog: the log keeps the rest. */
const CLOSE_WITHIN_MS = 5_000;
const RETENTION: Retention = { rawDays: 14, fiveMinuteDays: 90, hourDays: 1095 };
const LOG_MAX_BYTES = 10 * 1024 ** 3;

/**
 * Carries committed reports from the log into the metrics store, at the store's own pace. The log keeps a row until the
 * store has it safe, so a crash of either loses nothing and counts nothing twice. A store that fails is left alone for a
 * while that grows; whatever it does, what waits in memory stays small and nobody waits for it.
 */
export class MetricsSink {
  readonly #options: MetricsSinkOptions;
  readonly #guard: LogGuard;
  readonly #chores: Chores | undefined;
  readonly #pause: RetryPause;
  #queue: { logId: number; reports: readonly CommittedReport[] }[] = [];
  #queued = 0;
  /** The last log row offered, handed to the store, and trimmed. */
  #offered = 0;
  #handed = 0;
  #trimmed = 0;
  /** True while rows have to come from the log: after a start, a failure, or when the queue ran over. */
  #behind = true;
  #draining: Promise<void> | undefined;
  #flushing: Promise<void> | undefined;
  #watching: Promise<void> | undefined;
  #timers: NodeJS.Timeout[] = [];
  /** Set while the store is left alone. */
  #retry: NodeJS.Timeout | undefined;
  #failure: Error | undefined;
  #choreFailure: Error | undefined;
  #told: string | undefined;
  #closed = false;
  #closeBy = Number.POSITIVE_INFINITY;

  constructor(options: MetricsSinkOptions) {
    this.#options = options;
    this.#guard = new LogGuard(options.store, options.logMaxBytes ?? LOG_MAX_BYTES);
    this.#pause = new RetryPause(options.random ?? Math.random);
    if (options.chores === false) return;
    this.#chores = new Chores({
      ...options,
      retention: options.retention ?? RETENTION,
      forgetHistory: options.forgetHistory ?? (async () => {}),
      onTrouble: (error) => {
        this.#choreFailure = error;
        this.#tell(error !== undefined);
      },
    });
  }

  async start(): Promise<void> {
    const { metrics } = this.#options;
    this.#handed = await metrics.appliedLogId();
    // What the store already has needs no longer be kept.
    await this.#trim(this.#handed);
    await this.#guard.look(this.#handed);
    this.#timers = [
      setInterval(() => void this.#flush(), metrics.flushEveryMs ?? FLUSH_EVERY_MS),
      setInterval(() => this.#watch(), WATCH_EVERY_MS),
    ];
    this.#chores?.start();
    this.#wake();
  }

  /** Called after each commit. Never waits. */
  offer(logId: number, reports: readonly CommittedReport[]): void {
    this.#offered = logId;
    if (!this.#behind && this.#queued + reports.length > QUEUE_REPORTS && this.#queued > 0) this.#fallBack();
    if (!this.#behind) {
      this.#queue.push({ logId, reports });
      this.#queued += reports.length;
    }
    this.#wake();
  }

  figures(): SinkFigures {
    return { ...this.#guard.figures, refused: this.#options.metrics.refused ?? {}, behind: this.#behind };
  }

  /** Resolves when what was committed so far is safe in the metrics store, or stays in the log if that is away or slow. */
  async close(): Promise<void> {
    this.#closeBy = this.#options.monotonicMs() + CLOSE_WITHIN_MS;
    this.#wake();
    await this.#draining;
    await this.#stop();
    if (!this.#failure) await this.#flush();
  }

  /** Stops at once; the log belongs to another collector now. */
  async abandon(): Promise<void> {
    this.#closeBy = Number.NEGATIVE_INFINITY;
    await this.#stop();
  }

  async #stop(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#timers) clearInterval(timer);
    clearTimeout(this.#retry);
    this.#chores?.stop();
    await Promise.all([this.#draining, this.#flushing, this.#watching]);
  }

  /** Lets go of what is queued: the log has it. */
  #fallBack(): void {
    this.#behind = true;
    this.#queue = [];
    this.#queued = 0;
  }

  #wake(): void {
    if (this.#closed || this.#retry || this.#draining) return;
    this.#draining = this.#drain()
      .catch((error: Error) => this.#fail(error))
      .finally(() => {
        this.#draining = undefined;
        // What was offered, or left to the log, while the last of it was handed over.
        if ((this.#behind || this.#queue.length > 0) && !this.#isLate()) this.#wake();
      });
  }

  /** One flush at a time; readings go on being handed over meanwhile. */
  #flush(): Promise<void> {
    if (this.#retry) return Promise.resolve();
    this.#flushing ??= (async () => {
      try {
        await this.#trim(await this.#options.metrics.flush());
        this.#recover();
      } catch (error) {
        this.#fail(error as Error);
      }
      this.#flushing = undefined;
    })();
    return this.#flushing;
  }

  async #trim(logId: number): Promise<void> {
    if (logId <= this.#trimmed) return;
    await this.#options.store.trimLog(logId);
    this.#trimmed = logId;
  }

  #fail(error: Error): void {
    this.#fallBack();
    this.#failure = error;
    this.#tell(true);
    if (this.#closed || this.#retry) return;
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      // It is well again when it has put away what it was given before.
      void this.#flush().then(() => this.#wake());
    }, this.#pause.next(error));
  }

  #recover(): void {
    this.#failure = undefined;
    this.#pause.reset();
    this.#tell(false);
  }

  #watch(): void {
    this.#watching ??= (async () => {
      try {
        await this.#guard.look(this.#handed);
        this.#tell(false);
      } catch {
        // The state store does not answer: whoever commits to it says so.
      }
      this.#watching = undefined;
    })();
  }

  /** Says what is wrong with the store and with the log, if it is something else than before or `again`. */
  #tell(again: boolean): void {
    const failure = this.#failure ?? this.#choreFailure;
    const parts = [failure?.message, this.#guard.warning].filter((part) => part !== undefined);
    const text = parts.length === 0 ? undefined : parts.join('; ');
    if (!again && text === this.#told) return;
    this.#told = text;
    this.#options.onTrouble(text === undefined ? undefined : new Error(text, { cause: failure }));
  }

  async #drain(): Promise<void> {
    while (this.#behind) {
      const offered = this.#offered;
      const rows = await this.#options.store.readLog(this.#handed, CATCH_UP_ROWS);
      // What was offered while the log was read is in the log only.
      if (rows.length === 0) this.#behind = this.#offered !== offered;
      for (const row of rows) {
        if (this.#isLate()) return;
        await this.#hand(await rowsOfFrames(row.frames), row.id);
      }
    }
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      this.#queued -= next.reports.length;
      // Read from the log while it was offered.
      if (next.logId <= this.#handed) continue;
      await this.#hand(
        next.reports.flatMap((one) => rowsOf(one.device, one.report, one.skewMs)),
        next.logId,
      );
      if (this.#isLate()) return;
    }
  }

  #isLate(): boolean {
    return this.#options.monotonicMs() > this.#closeBy;
  }

  async #hand(rows: MetricRow[], logId: number): Promise<void> {
    const { metrics } = this.#options;
    // A store that can't put its memory away must not be given more of it: the log keeps the rest.
    if (this.#failure && metrics.needsFlush()) throw this.#failure;
    await metrics.append(rows, logId);
    this.#handed = logId;
    if (metrics.needsFlush()) void this.#flush();
  }
}

async function rowsOfFrames(frames: Uint8Array): Promise<MetricRow[]> {
  const rows: MetricRow[] = [];
  let reports = 0;
  for (const { device, skewMs, payload } of readFrames(frames)) {
    // These bytes passed the schema before they were logged.
    const report = JSON.parse(Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString()) as Report;
    for (const row of rowsOf(device, report, skewMs)) rows.push(row);
    // Judging and the wall come before history.
    if (++reports % TURN_REPORTS === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await new Promise((resolve) => setImmediate(resolve));
  return rows;
}
