import type { Horizons, MetricsStore } from '../ports.ts';
import { SteadyClock } from './steady-clock.ts';

/** How long readings are kept, in days. */
export interface Retention {
  rawDays: number;
  fiveMinuteDays: number;
  hourDays: number;
}

export interface ChoresOptions {
  metrics: MetricsStore;
  retention: Retention;
  /** Forgets how stores stood before. */
  forgetHistory: (before: number) => Promise<void>;
  now: () => number;
  monotonicMs: () => number;
  /** A chore failed, and will be tried again; `undefined` when it went well after that. */
  onTrouble: (error: Error | undefined) => void;
}

const DAY_MS = 86_400_000;
/** How long it is known how stores stood: what can be asked for at once. */
const HISTORY_DAYS = 400;
const MAINTAIN_EVERY_MS = 1_000;
/** The first time soon after the start: some servers never run for an hour. */
const RETAIN_FIRST_MS = 120_000;
const RETAIN_EVERY_MS = 3_600_000;

/** What has to be done about a metrics store as a whole, by one collector only. */
export class Chores {
  readonly #options: ChoresOptions;
  readonly #clock: SteadyClock;
  #timers: NodeJS.Timeout[] = [];
  #maintaining = false;
  #retaining = false;
  #failed = false;
  #stopped = false;

  constructor(options: ChoresOptions) {
    this.#options = options;
    this.#clock = new SteadyClock(options.now, options.monotonicMs);
  }

  start(): void {
    this.#timers = [
      setInterval(() => void this.#maintain(), MAINTAIN_EVERY_MS),
      setInterval(() => void this.#retain(), RETAIN_EVERY_MS),
      setTimeout(() => void this.#retain(), RETAIN_FIRST_MS),
    ];
  }

  /** Does not wait for what is being done: the store's own `close` ends that. */
  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers) clearInterval(timer);
  }

  async #maintain(): Promise<void> {
    this.#clock.isBelieved();
    if (this.#maintaining) return;
    this.#maintaining = true;
    await this.#try(async () => this.#options.metrics.maintain());
    this.#maintaining = false;
  }

  async #retain(): Promise<void> {
    // A wrong clock must not delete history.
    if (!this.#clock.isBelieved() || this.#retaining) return;
    const { metrics, retention, forgetHistory, now } = this.#options;
    this.#retaining = true;
    const horizons = horizonsOf(retention, now());
    await this.#try(async () => {
      await metrics.retain(horizons);
      await forgetHistory(Math.max(horizons.hour, now() - HISTORY_DAYS * DAY_MS));
    });
    this.#retaining = false;
  }

  async #try(chore: () => Promise<void>): Promise<void> {
    try {
      await chore();
      if (this.#failed) this.#options.onTrouble(undefined);
      this.#failed = false;
    } catch (error) {
      if (this.#stopped) return;
      this.#failed = true;
      this.#options.onTrouble(error as Error);
    }
  }
}

export const horizonsOf = ({ rawDays, fiveMinuteDays, hourDays }: Retention, now: number): Horizons => ({
  raw: now - rawDays * DAY_MS,
  fiveMinutes: now - fiveMinuteDays * DAY_MS,
  hour: now - hourDays * DAY_MS,
});
