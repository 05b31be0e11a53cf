import type { DeviceKey } from '../../protocol/names.ts';

/** Below this, a difference between an agent's clock and ours is the network's. */
const SKEW_NOTICED_MS = 5_000;

/**
 * What the agents' clocks are off by, as their births tell, and their reports where these tell better. An agent that was
 * not measured is taken to have had our time when we began.
 */
export class Clocks {
  /** Against our clock as it was before anyone set it. */
  readonly #skewsMs = new Map<DeviceKey, number>();
  #steppedMs = 0;

  /**
   * What an earlier run of the collector had measured, from the birth as it was kept: an agent that stays connected to a
   * broker while we are started again says its birth only once.
   */
  restore(agent: DeviceKey, birth: string): void {
    const { skewMs = 0 } = JSON.parse(birth) as { skewMs?: number };
    if (skewMs !== 0) this.#skewsMs.set(agent, skewMs);
  }

  /** What `restore` will want: without what our own clock was set by since. */
  keptMs(agent: DeviceKey): number {
    return this.#skewsMs.get(agent) ?? 0;
  }

  /** A birth made at `at` has come just now: however long its commit takes, that is not the clock's fault. */
  measure(agent: DeviceKey, at: number, now: number): void {
    const offMs = now - at;
    const skewMs = (Math.abs(offMs) < SKEW_NOTICED_MS ? 0 : offMs) - this.#steppedMs;
    if (skewMs === 0) this.#skewsMs.delete(agent);
    else this.#skewsMs.set(agent, skewMs);
  }

  /**
   * A report made at `at` has come by `now`. It cannot come from the future: if it seems to, the agent's clock is ahead and
   * no birth has told us, or its birth took its time and made the clock look slow.
   */
  witness(agent: DeviceKey, at: number, now: number): void {
    if (at + this.skewMs(agent) > now + SKEW_NOTICED_MS) this.measure(agent, at, now);
  }

  /** Our clock was set by so much; theirs went on. */
  shift(byMs: number): void {
    this.#steppedMs += byMs;
  }

  /** Those that are off, and by how much. */
  *off(): Iterable<[DeviceKey, number]> {
    for (const agent of this.#skewsMs.keys()) {
      const skewMs = this.skewMs(agent);
      if (Math.abs(skewMs) >= SKEW_NOTICED_MS) yield [agent, skewMs];
    }
  }

  /** Add to the agent's times to get ours, milliseconds. */
  skewMs(agent: DeviceKey): number {
    return (this.#skewsMs.get(agent) ?? 0) + this.#steppedMs;
  }
}
