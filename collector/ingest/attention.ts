import { uptime } from 'node:os';
import type { EngineEvent } from '../../alerting/engine/types.ts';

/** What tells the time, and how much of it has passed. */
export interface Timepieces {
  /** Milliseconds since 1970, as the machine has it: somebody may set it. */
  now(): number;
  /** Milliseconds since some moment. Nobody sets it, but it may stand still while the machine sleeps. */
  monotonicMs(): number;
  /** Milliseconds since the machine was started, its sleep included, to some hundredths of a second. Slow to ask. */
  sinceBootMs(): number;
}

export const machineTime: Timepieces = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  sinceBootMs: () => uptime() * 1000,
};

/** A pause this long is no busy moment: the process was stopped, or the machine slept. */
const PAUSE_MS = 15_000;
/** A clock that goes away from the time that has passed by more than this was set. Less is left until it adds up. */
const STEP_MS = 2_000;
/** Timepieces read within this were read at once: the process was not stopped in between. */
const AT_ONCE_MS = 50;

/**
 * Tells the time, and notices what a clock alone would hide. What happened while the process was stopped or the machine
 * slept was not seen by anyone: devices must be given time to be heard again before their silence counts. And when the
 * clock is set, forward or back, nothing has happened at all: what lasts goes on lasting.
 */
export class Attention {
  readonly #time: Timepieces;
  readonly #onStep: (byMs: number) => void;
  /** What the clock was ahead of the time passed, and what of that was the machine's sleep. */
  #lead: number;
  #slept: number;
  #lastAt: number;
  #steppedMs = 0;
  #lapsed = false;

  /** `onStep` is called before `now` gives a time of the clock that was set. */
  constructor(time: Timepieces, onStep: (byMs: number) => void) {
    this.#time = time;
    this.#onStep = onStep;
    const { lead, slept } = this.#compare();
    this.#lead = lead;
    this.#slept = slept;
    this.#lastAt = time.monotonicMs();
  }

  /** Milliseconds since 1970. To be called often, and the only one to be asked for the time: it looks at each call. */
  now(): number {
    const passed = this.#time.monotonicMs();
    if (passed - this.#lastAt > PAUSE_MS) this.#lapsed = true;
    this.#lastAt = passed;
    const now = this.#time.now();
    if (Math.abs(now - passed - this.#lead) <= STEP_MS) return now;
    this.#explain();
    return this.#time.now();
  }

  /** Nobody could be heard for a while, for a reason of ours. */
  lapse(): void {
    this.#lapsed = true;
  }

  /** Whether `takeEvents` has something to tell. */
  get noticed(): boolean {
    return this.#lapsed || this.#steppedMs !== 0;
  }

  /** What judgement has to know before anything else, once. Look at the time first, and judge by that time. */
  takeEvents(): EngineEvent[] {
    const events: EngineEvent[] = [];
    if (this.#steppedMs !== 0) events.push({ kind: 'clock-stepped', byMs: this.#steppedMs });
    if (this.#lapsed) events.push({ kind: 'started' });
    this.#steppedMs = 0;
    this.#lapsed = false;
    return events;
  }

  /** The clock has gone away from the time passed: either that stood still, the machine being asleep, or it was set. */
  #explain(): void {
    const { lead, slept } = this.#compare();
    const sleptMs = slept - this.#slept > STEP_MS ? slept - this.#slept : 0;
    const stepMs = Math.round(lead - this.#lead - sleptMs);
    if (sleptMs > PAUSE_MS) this.#lapsed = true;
    this.#slept += sleptMs;
    if (Math.abs(stepMs) <= STEP_MS) {
      this.#lead += sleptMs;
      return;
    }
    this.#lead = lead;
    this.#steppedMs += stepMs;
    this.#onStep(stepMs);
  }

  #compare(): { lead: number; slept: number } {
    for (;;) {
      const passed = this.#time.monotonicMs();
      const lead = this.#time.now() - passed;
      const slept = this.#time.sinceBootMs() - passed;
      if (this.#time.monotonicMs() - passed <= AT_ONCE_MS) return { lead, slept };
    }
  }
}
