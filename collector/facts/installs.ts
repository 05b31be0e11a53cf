import { INSTALLED_PATHS, installedAs } from '../../protocol/facts.ts';
import type { DeviceKey } from '../../protocol/names.ts';
import type { FactsStore } from '../ports.ts';

/** What was installed before that is old by now: a day in which it is new, and two hours in which what failed by it counts. */
const KEPT_MS = 26 * 3_600_000;
/** Told a little late by one of several collectors, it is still read. */
const OVERLAP_MS = 60_000;
/** Of one look, per path: ten thousand stores that are updated in a night, with ten devices each. */
const CHANGES_MOST = 100_000;

/** What was installed on devices within the last day, and when: read from the history of facts, so that it outlives a restart. */
export class Installs {
  readonly #store: Pick<FactsStore, 'history'>;
  readonly #now: () => number;
  readonly #known = new Map<DeviceKey, Record<string, number>>();
  #readUntil = Number.NEGATIVE_INFINITY;

  constructor(store: Pick<FactsStore, 'history'>, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  of(device: DeviceKey): Readonly<Record<string, number>> | undefined {
    return this.#known.get(device);
  }

  /** The clock was set by so much. What is read again after a restart has the times of the clock as it was. */
  clockStepped(byMs: number): void {
    this.#readUntil += byMs;
    for (const known of this.#known.values()) for (const [name, at] of Object.entries(known)) known[name] = at + byMs;
  }

  /** Takes in what was told since the last time, and forgets what is old. Rejects when the store refuses. */
  async refresh(): Promise<void> {
    const now = this.#now();
    const oldest = now - KEPT_MS;
    const since = Math.max(oldest, this.#readUntil - OVERLAP_MS);
    for (const path of INSTALLED_PATHS) {
      for (const { device, at, path: changed, to } of await this.#store.history({ path, since, limit: CHANGES_MOST })) {
        const name = installedAs(changed);
        // What lies ahead was told before the clock was set back.
        if (name === undefined || to === undefined || at > now) continue;
        const known = this.#known.get(device) ?? {};
        known[name] = Math.max(at, known[name] ?? at);
        this.#known.set(device, known);
      }
    }
    this.#readUntil = now;
    for (const [device, known] of this.#known) {
      for (const [name, at] of Object.entries(known)) if (at < oldest) delete known[name];
      if (Object.keys(known).length === 0) this.#known.delete(device);
    }
  }
}
