/** A clock that stands still until it is moved, and the timers that hang on it. */
export class TestClock {
  #now: number;
  readonly #timers = new Map<object, { at: number; run: () => void }>();

  constructor(now: number) {
    this.#now = now;
  }

  readonly now = (): number => this.#now;

  readonly setTimer = (run: () => void, delayMs: number): (() => void) => {
    const key = {};
    this.#timers.set(key, { at: this.#now + delayMs, run });
    return () => this.#timers.delete(key);
  };

  /** When the next timer is due; undefined when none is set. */
  get nextAt(): number | undefined {
    return this.#timers.size === 0 ? undefined : Math.min(...Array.from(this.#timers.values(), ({ at }) => at));
  }

  /** Moves on to the next timer and runs what is due then. */
  step(): void {
    if (this.nextAt !== undefined) this.advance(this.nextAt - this.#now);
  }

  /** Is set by so much, back or forward: timers run by the time that passes, not by the hour. */
  set(byMs: number): void {
    this.#now += byMs;
    for (const timer of this.#timers.values()) timer.at += byMs;
  }

  /** Moves on, running what falls due on the way, in order. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (let next = this.nextAt; next !== undefined && next <= end; next = this.nextAt) {
      this.#now = Math.max(this.#now, next);
      for (const [key, timer] of this.#timers) {
        if (timer.at > next) continue;
        this.#timers.delete(key);
        timer.run();
      }
    }
    this.#now = end;
  }
}
