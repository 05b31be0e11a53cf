import type { Report } from '../../protocol/messages.ts';
import type { LogSize, PartitionStore } from '../ports.ts';
import { readFrames } from '../report-log.ts';

export interface LogFigures extends LogSize {
  droppedReports: number;
  droppedPoints: number;
  /** When the newest of the dropped was written, milliseconds since 1970. */
  droppedUpTo: number | undefined;
}

const ROWS_AT_ONCE = 16;
/** From here on it is said beforehand. */
const NEARLY = 0.8;
/** What is dropped to, so that it is not done for every row. */
const ROOM = 0.95;

/**
 * Keeps the report log within its bytes while the metrics store does not take it: the oldest rows go, counted, because
 * judging and the wall must go on.
 */
export class LogGuard {
  readonly #store: PartitionStore;
  readonly #maxBytes: number;
  #figures: LogFigures = {
    rows: 0,
    bytes: 0,
    oldestAt: undefined,
    droppedReports: 0,
    droppedPoints: 0,
    droppedUpTo: undefined,
  };
  /** Reports dropped since the log was last well within its bounds. */
  #droppedLately = 0;

  constructor(store: PartitionStore, maxBytes: number) {
    this.#store = store;
    this.#maxBytes = maxBytes;
  }

  /** As last looked at. */
  get figures(): Readonly<LogFigures> {
    return this.#figures;
  }

  /** What a person should know about the log now. */
  get warning(): string | undefined {
    const percent = Math.floor((this.#figures.bytes / this.#maxBytes) * 100);
    if (this.#droppedLately > 0) {
      const upTo = new Date(this.#figures.droppedUpTo ?? 0).toISOString();
      return `the report log is full: its ${this.#droppedLately} oldest reports, up to ${upTo}, were dropped`;
    }
    return percent >= NEARLY * 100 ? `the report log is ${percent} % full` : undefined;
  }

  /** Looks at the log, and drops what is too much. Rows up to `handed` are counted as kept: the store has them in memory. */
  async look(handed: number): Promise<void> {
    let size = await this.#store.logSize();
    if (size.bytes > this.#maxBytes) size = await this.#drop(size, handed);
    else if (size.bytes < this.#maxBytes * NEARLY) this.#droppedLately = 0;
    this.#figures = { ...this.#figures, ...size };
  }

  async #drop(before: LogSize, handed: number): Promise<LogSize> {
    let size = before;
    const enough = this.#maxBytes * ROOM;
    while (size.bytes > enough) {
      const rows = await this.#store.readLog(0, ROWS_AT_ONCE);
      let left = size.bytes - enough;
      let last: (typeof rows)[number] | undefined;
      const lost = { reports: 0, points: 0 };
      for (const row of rows) {
        if (left <= 0) break;
        left -= row.frames.byteLength;
        last = row;
        if (row.id > handed) count(row.frames, lost);
      }
      if (!last) break;
      await this.#store.trimLog(last.id);
      this.#droppedLately += lost.reports;
      this.#figures = {
        ...this.#figures,
        droppedReports: this.#figures.droppedReports + lost.reports,
        droppedPoints: this.#figures.droppedPoints + lost.points,
        droppedUpTo: last.at,
      };
      // Judging comes before counting what is lost.
      await new Promise((resolve) => setImmediate(resolve));
      size = await this.#store.logSize();
    }
    return size;
  }
}

function count(frames: Uint8Array, lost: { reports: number; points: number }): void {
  for (const { payload } of readFrames(frames)) {
    lost.reports++;
    lost.points += (JSON.parse(Buffer.from(payload).toString()) as Report).points.length;
  }
}
