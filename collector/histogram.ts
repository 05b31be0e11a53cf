/** Upper bounds in seconds; a value above the last is counted in the sum and the count only. */
const BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Durations in seconds, counted the way Prometheus reads them. */
export class Histogram {
  readonly #counts = new Array<number>(BOUNDS.length).fill(0);
  #sum = 0;
  #count = 0;

  /** Negative ones count as none: a clock may be ahead of ours by less than we correct. */
  add(seconds: number): void {
    const value = Math.max(0, seconds);
    this.#sum += value;
    this.#count++;
    const at = BOUNDS.findIndex((bound) => value <= bound);
    if (at >= 0) this.#counts[at] = (this.#counts[at] as number) + 1;
  }

  /** Cumulative counts by upper bound, and what they add up to. */
  read(): { buckets: [number, number][]; sum: number; count: number } {
    let below = 0;
    const buckets = BOUNDS.map((bound, i): [number, number] => {
      below += this.#counts[i] as number;
      return [bound, below];
    });
    return { buckets, sum: this.#sum, count: this.#count };
  }

  /** Takes another's counts in. */
  merge(other: Histogram): void {
    for (const [i, count] of other.#counts.entries()) this.#counts[i] = (this.#counts[i] as number) + count;
    this.#sum += other.#sum;
    this.#count += other.#count;
  }
}
