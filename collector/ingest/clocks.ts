import type { DeviceKey } from '../../protocol/names.ts';

/** Below this, a difference between an agent's clock and ours is the network's. */
const SKEW_NOTICED_MS = 5_000;

/** What the agents' clocks are off by, as their births tell. Measured anew by every run of the collector. */
export class Clocks {
  readonly #skewsMs = new Map<DeviceKey, number>();

  /** A birth made at `at` has come just now: however long its commit takes, that is not the clock's fault. */
  measure(agent: DeviceKey, at: number, now: number): void {
    const skewMs = now - at;
    if (Math.abs(skewMs) < SKEW_NOTICED_MS) this.#skewsMs.delete(agent);
    else this.#skewsMs.set(agent, skewMs);
  }

  /** Add to the agent's times to get ours, milliseconds. */
  skewMs(agent: DeviceKey): number {
    return this.#skewsMs.get(agent) ?? 0;
  }
}
