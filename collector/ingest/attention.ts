/** A pause this long is no busy moment: the process or the machine slept, or the clock was set. */
const PAUSE_MS = 15_000;

/**
 * Whether we have been awake. What happened while the machine slept, the process was stopped, or the clock leapt was not
 * seen by anyone: devices must be given time to be heard again before their silence counts.
 */
export class Attention {
  #lastAt: number;

  constructor(now: number) {
    this.#lastAt = now;
  }

  /** To be called often. True when it has not been for too long, or when time went backwards. */
  lapsed(now: number): boolean {
    const pause = now - this.#lastAt;
    this.#lastAt = now;
    return pause > PAUSE_MS || pause < -PAUSE_MS;
  }
}
