import { ownOfExtra } from './levels.ts';
import type { InfluxServer } from './server.ts';

/** How long what we know of the marks may be old. Another collector may move them. */
const REMEMBERED_MS = 60_000;

/** Where one way of keeping ends and the next begins, milliseconds since 1970. */
export interface Marks {
  /** Before this instant 5-minute roll-ups are told, from it on what came. */
  '5m': number;
  /** Before this instant hourly roll-ups are told. Never after `5m`. */
  '1h': number;
  /** Before this instant nothing is told. */
  gone: number;
}

const NONE: Readonly<Marks> = { '5m': -Infinity, '1h': -Infinity, gone: -Infinity };

/** How far the databases are rolled up. The note of it is kept in them: measurement `vigie_marks` of the hourly one. */
export class MarkBook {
  readonly #server: InfluxServer;
  readonly #now: () => number;
  readonly #monotonicMs: () => number;
  #marks = NONE;
  #extras = new Set<string>();
  #readAt = -Infinity;

  constructor(server: InfluxServer, now: () => number, monotonicMs: () => number) {
    this.#server = server;
    this.#now = now;
    this.#monotonicMs = monotonicMs;
  }

  /** As last read, without asking. */
  get known(): Readonly<Marks> {
    return this.#marks;
  }

  async read(fresh = false): Promise<Readonly<Marks>> {
    if (!fresh && this.#monotonicMs() - this.#readAt < REMEMBERED_MS) return this.#marks;
    const until = 'SELECT max("until"::field), last("until"::field) FROM "vigie_marks" GROUP BY "level"';
    const [series = []] = await this.#server.select('1h', until);
    const marks = { ...NONE };
    for (const { tags, values } of series) {
      // Roll-ups are never unmade; what is forgotten may be told again where it is still there.
      const [, highest, newest] = values[0] as [number, number, number];
      if (tags.level === '5m' || tags.level === '1h') marks[tags.level] = highest;
      if (tags.level === 'gone') marks.gone = newest;
    }
    this.#extras = new Set((await this.#server.allMeasurements('1h')).filter((name) => ownOfExtra(name) !== undefined));
    this.#marks = marks;
    this.#readAt = this.#monotonicMs();
    return marks;
  }

  async move(level: keyof Marks, until: number): Promise<void> {
    await this.#server.write('1h', [`vigie_marks,level=${level} until=${until} ${this.#now()}`]);
    this.#marks = { ...this.#marks, [level]: until };
  }

  /** Whether there is such a measurement among the extras. */
  hasExtra(measurement: string): boolean {
    return this.#extras.has(measurement);
  }

  noteExtra(measurement: string): void {
    this.#extras.add(measurement);
  }
}
