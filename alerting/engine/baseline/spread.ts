/** A distance of more spreads than that counts as so many: one outlier does not widen what is usual. */
const OUTLIER = 4;
/** As long as there are no more values than that, none can be told to be an outlier. */
const FEW = 10;

/** The mean distance of recent values from what was expected, outliers cut. */
export class Spread {
  readonly #memory: number;
  #count = 0;
  #value = 0;

  /** @param memory after so many values, one counts a third. */
  constructor(memory: number) {
    this.#memory = memory;
  }

  get value(): number {
    return this.#value;
  }

  learn(distance: number): void {
    const size = Math.abs(distance);
    this.#count = Math.min(this.#count + 1, this.#memory);
    const isKnown = this.#count > FEW && this.#value > 0;
    this.#value += ((isKnown ? Math.min(size, OUTLIER * this.#value) : size) - this.#value) / this.#count;
  }
}

/** A value, kept within `±limit`. */
export const cut = (value: number, limit: number): number => Math.min(limit, Math.max(-limit, value));
