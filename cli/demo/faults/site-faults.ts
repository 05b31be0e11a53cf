import type { Effect, Fault, Struck } from './fault.ts';
import { FAULT_KINDS } from './kinds.ts';

/** Enough for weeks of a store’s life; older ones no longer matter to any uptime. */
const KEPT = 200;

/** All that was done to one store, and what it comes to at any instant. */
export class SiteFaults {
  readonly #faults: Fault[] = [];

  add(fault: Fault): void {
    this.#faults.push(fault);
    if (this.#faults.length > KEPT) this.#faults.shift();
  }

  inForce(at: number): boolean {
    return this.#faults.some((fault) => at >= fault.from && at < fault.until);
  }

  /** What all faults in force together do to a device. */
  effectOn(device: Struck, at: number): Effect {
    const effect: Effect = {};
    for (const fault of this.#faults) {
      if (at < fault.from || at >= fault.until) continue;
      Object.assign(effect, FAULT_KINDS[fault.what].effect(fault, device, at));
    }
    return effect;
  }

  /** When the device last started, as far as faults know; `usual` otherwise. */
  bootedAt(device: Struck, at: number, usual: number): number {
    return this.#faults.reduce(
      (latest, fault) =>
        fault.until <= at && fault.until > latest && FAULT_KINDS[fault.what].reboots(fault, device)
          ? fault.until
          : latest,
      usual,
    );
  }
}
