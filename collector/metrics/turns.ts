import { setImmediate } from 'node:timers/promises';

/** A few milliseconds of work: about this many samples, or devices looked at. */
const SAMPLES_PER_TURN = 16_384;
const DEVICES_PER_TURN = 128;

/** Cuts a long job into turns, so that the event loop serves others in between. */
export class Turns {
  #load = 0;

  /** True when the job has done enough for now, given what it has just done. */
  spend(samples: number): boolean {
    this.#load += samples / SAMPLES_PER_TURN + 1 / DEVICES_PER_TURN;
    return this.#load >= 1;
  }

  /** Resolves when the others had their turn. */
  async next(): Promise<void> {
    this.#load = 0;
    await setImmediate();
  }
}

/** Runs jobs one at a time, in the order they were asked for. */
export class JobQueue {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(job: () => Promise<T>): Promise<T> {
    const result = this.#last.then(job);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
