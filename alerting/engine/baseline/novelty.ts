/** Nearer than that, two courses share most of their rows. */
const NEAREST = 8;
/** What a difference still counts for a row later. */
const FADE = 0.85;

/**
 * How far the recent course of a series is from any it took before. For each distance in rows, what the values of now and
 * of then differ by is summed, squared and fading; the least of these sums belongs to the most similar course.
 */
export class Novelty {
  /** Each value stands twice, so that as many as there are lie side by side. */
  readonly #past: Float64Array;
  readonly #sums: Float64Array;
  #next = 0;
  #rows = 0;

  /** @param rows how far back it looks. */
  constructor(rows: number) {
    this.#past = new Float64Array(2 * rows);
    this.#sums = new Float64Array(rows);
  }

  /**
   * Takes the next value.
   * @returns the distance to the most similar course before, in the unit of the values; 0 at the beginning.
   */
  add(value: number): number {
    const past = this.#past;
    const sums = this.#sums;
    const size = sums.length;
    const lags = Math.min(this.#rows, size);
    const latest = this.#next + size - 1;
    for (let lag = 0; lag < lags; lag++) {
      const difference = value - (past[latest - lag] as number);
      sums[lag] = FADE * (sums[lag] as number) + difference * difference;
    }
    let least = Number.POSITIVE_INFINITY;
    for (let lag = NEAREST - 1; lag < lags; lag++) least = Math.min(least, sums[lag] as number);
    past[this.#next] = value;
    past[this.#next + size] = value;
    this.#next = (this.#next + 1) % size;
    this.#rows++;
    return lags < NEAREST ? 0 : Math.sqrt(least * (1 - FADE));
  }
}
