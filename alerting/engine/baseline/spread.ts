/** A distance of more spreads than that counts as so many: one outlier does not widen what is usual. */
const OUTLIER = 4;
/** As long as there are no more values than that, none can be told to be an outlier. */
const FEW = 10;
/** Each outlier in a row counts for more by this ratio: what lasts is no outlier. */
const PATIENCE = 1.2;
const MOST_PATIENCE = 200;

/** As it is kept: how many were learnt, the mean distance, outliers in a row. */
export type SavedSpread = [count: number, value: number, streak: number];

/** The mean distance of recent values from what was expected, outliers cut. */
export class Spread {
  readonly #memory: number;
  #count = 0;
  #value = 0;
  #streak = 0;

  /** @param memory after so many values, one counts a third. */
  constructor(memory: number) {
    this.#memory = memory;
  }

  /** How many were learnt, up to its memory. */
  get count(): number {
    return this.#count;
  }

  get value(): number {
    return this.#value;
  }

  /** What a distance counts for at most; infinite as long as no outlier can be told. */
  get limit(): number {
    if (this.#count <= FEW || this.#value === 0) return Number.POSITIVE_INFINITY;
    return OUTLIER * this.#value * PATIENCE ** this.#streak;
  }

  save(): SavedSpread {
    return [this.#count, this.#value, this.#streak];
  }

  /** Takes what `save` gave. */
  restore([count, value, streak]: SavedSpread): void {
    this.#count = Math.min(count, this.#memory);
    this.#value = value;
    this.#streak = streak;
  }

  learn(distance: number): void {
    const size = Math.abs(distance);
    const counted = Math.min(size, this.limit);
    this.#streak = this.#count > FEW && size > OUTLIER * this.#value ? Math.min(this.#streak + 1, MOST_PATIENCE) : 0;
    this.#count = Math.min(this.#count + 1, this.#memory);
    this.#value += (counted - this.#value) / this.#count;
  }
}

/** A value, kept within `±limit`. */
export const cut = (value: number, limit: number): number => Math.min(limit, Math.max(-limit, value));
