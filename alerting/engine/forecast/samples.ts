/** Enough for a line and its spread; 384 bytes. */
export const MAX_SAMPLES = 48;

/** Six digits: what a sample is kept as, in memory and in a store's row, so that a restart reads what was written. */
const DIGITS = 6;
/** Minutes: samples younger than this are thinned like ones of this age. */
const YOUNG_MIN = 60;

/**
 * Readings of one quantity over time, a bounded number whatever time passes: close together of late, further and further
 * apart long ago. Times are whole minutes from an origin of its own.
 */
export class Samples {
  readonly #data = new Float32Array(2 * MAX_SAMPLES);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** From the first sample to the last. */
  get spanMin(): number {
    return this.minuteAt(this.#count - 1) - this.minuteAt(0);
  }

  minuteAt(index: number): number {
    return this.#data[2 * index] ?? 0;
  }

  valueAt(index: number): number {
    return this.#data[2 * index + 1] ?? 0;
  }

  /** Takes a reading made `sinceLastMin` minutes after the one before, and forgets those more than `keepMin` older than it. */
  add(sinceLastMin: number, value: number, keepMin: number): void {
    const minute = this.#count === 0 ? 0 : this.minuteAt(this.#count - 1) + sinceLastMin;
    let aged = 0;
    while (aged < this.#count && minute - this.minuteAt(aged) > keepMin) aged++;
    if (aged > 0) this.#drop(0, aged);
    if (this.#count === MAX_SAMPLES) this.#drop(this.#mostCrowded(minute), 1);
    this.#data[2 * this.#count] = minute;
    this.#data[2 * this.#count + 1] = Number(value.toPrecision(DIGITS));
    this.#count++;
  }

  /** Minutes since the sample before and value, one pair after the other. */
  save(): number[] {
    const saved: number[] = [];
    for (let index = 0; index < this.#count; index++) {
      const before = this.minuteAt(Math.max(0, index - 1));
      saved.push(this.minuteAt(index) - before, Number(this.valueAt(index).toPrecision(DIGITS)));
    }
    return saved;
  }

  /** What `save` gave. */
  static load(saved: readonly number[]): Samples {
    const samples = new Samples();
    let minute = 0;
    for (let index = 0; 2 * index + 1 < saved.length && index < MAX_SAMPLES; index++) {
      minute += saved[2 * index] ?? 0;
      samples.#data[2 * index] = minute;
      samples.#data[2 * index + 1] = saved[2 * index + 1] ?? 0;
      samples.#count++;
    }
    return samples;
  }

  /** The sample whose neighbours stand closest together for its age; never the first. */
  #mostCrowded(nowMin: number): number {
    let found = 1;
    let least = Number.POSITIVE_INFINITY;
    for (let index = 1; index < this.#count - 1; index++) {
      const gap = this.minuteAt(index + 1) - this.minuteAt(index - 1);
      const crowding = gap / (nowMin - this.minuteAt(index) + YOUNG_MIN);
      if (crowding >= least) continue;
      least = crowding;
      found = index;
    }
    return found;
  }

  #drop(index: number, count: number): void {
    this.#data.copyWithin(2 * index, 2 * (index + count), 2 * this.#count);
    this.#count -= count;
  }
}
