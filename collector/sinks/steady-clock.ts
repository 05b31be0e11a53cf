const LEAP_MS = 3_600_000;
const DOUBT_MS = 24 * 3_600_000;

/**
 * Whether the wall clock may be believed where believing it deletes history. One that leapt forward by more than an hour is
 * doubted for a day, unless it comes back before; one that went back deletes nothing and is believed.
 */
export class SteadyClock {
  readonly #now: () => number;
  readonly #monotonicMs: () => number;
  /** How far the wall clock was from the monotonic one when last believed. */
  #offset: number;
  #doubtedSince: number | undefined;

  constructor(now: () => number, monotonicMs: () => number) {
    this.#now = now;
    this.#monotonicMs = monotonicMs;
    this.#offset = now() - monotonicMs();
  }

  /** To be asked often: a leap is noticed when asked. */
  isBelieved(): boolean {
    const monotonic = this.#monotonicMs();
    const offset = this.#now() - monotonic;
    if (offset - this.#offset <= LEAP_MS) {
      this.#offset = Math.min(offset, this.#offset);
      this.#doubtedSince = undefined;
      return true;
    }
    this.#doubtedSince ??= monotonic;
    if (monotonic - this.#doubtedSince < DOUBT_MS) return false;
    this.#offset = offset;
    this.#doubtedSince = undefined;
    return true;
  }
}
