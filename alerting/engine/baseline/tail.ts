const BIN = 0.05;
const BINS = 256;
const LARGEST = BIN * (BINS - 1);
/** The share of all sizes that counts as the tail. */
const TAIL = 0.2;
/** Sizes that were never seen, yet are counted in: nothing is rare among few. */
const UNSEEN = 2;
/**
 * What a size counts for as one at least as large as a larger one falls off within this share of the tail's mean reach, what
 * was never seen within this many reaches.
 */
const SEEN_REACH = 0.4;
const UNSEEN_REACH = 5;
/** Mean reach of a tail, in logarithms, before many sizes were seen, and how many sizes that counts for. */
const USUAL_REACH = 0.2;
const USUAL_WEIGHT = 20;
const LEAST_REACH = 0.08;
const MOST_EXCESS = 3;
const HEAVIEST = 1e100;

/**
 * How rare a size is among the sizes seen so far, of which older ones count less. Sizes are kept in bins of equal ratio; beyond
 * the largest, the share of larger ones falls off with the ratio, the slower the longer the tail has been so far.
 */
export class Tail {
  readonly #bins = new Float64Array(BINS);
  readonly #growth: number;
  /** What a new size weighs: it grows, so that the old ones need not be shrunk. */
  #weight = 1;
  #total = 0;
  /** First bin of the tail, and the weight from there up. */
  #gate = 0;
  #above = 0;
  /** By how much the sizes of the tail exceeded its gate, in logarithms: the weighted sum, and the weights. */
  #excess = 0;
  #exceeding = 0;

  /** @param memory after so many sizes, one counts a third. */
  constructor(memory: number) {
    this.#growth = 1 / (1 - 1 / memory);
  }

  /**
   * @param size from 0 up.
   * @returns minus the decimal logarithm of the share of sizes at least as large, of which those hardly smaller count in
   * part: 3 is one in a thousand.
   */
  surprise(size: number): number {
    if (this.#total === 0) return 0;
    const log = logOf(size);
    const gate = this.#gate * BIN;
    const unseen = UNSEEN * this.#weight;
    const total = this.#total + unseen;
    const own = Math.floor(log / BIN);
    if (own < this.#gate) return (log / gate) * -Math.log10(Math.max(TAIL, (this.#above + unseen) / total));
    const reach = this.#reach();
    const seenReach = Math.max(LEAST_REACH, SEEN_REACH * reach);
    let atLeast = unseen * Math.exp((gate - log) / (UNSEEN_REACH * reach));
    for (let bin = this.#gate; bin < own; bin++) {
      const weight = this.#bins[bin] as number;
      if (weight > 0) atLeast += weight * Math.exp(((bin + 1) * BIN - log) / seenReach);
    }
    for (let bin = own; bin < BINS; bin++) atLeast += this.#bins[bin] as number;
    return -Math.log10(Math.min(1, atLeast / total));
  }

  learn(size: number): void {
    const log = logOf(size);
    const bin = Math.floor(log / BIN);
    this.#weight *= this.#growth;
    this.#bins[bin] = (this.#bins[bin] as number) + this.#weight;
    this.#total += this.#weight;
    if (bin >= this.#gate) {
      this.#above += this.#weight;
      this.#excess += this.#weight * Math.min(log - this.#gate * BIN, MOST_EXCESS);
      this.#exceeding += this.#weight;
    }
    this.#moveGate();
    if (this.#weight > HEAVIEST) this.#lighten();
  }

  /** By how much the sizes of the tail exceed its gate, in the mean. */
  #reach(): number {
    const usual = USUAL_WEIGHT * this.#weight;
    return (this.#excess + usual * USUAL_REACH) / (this.#exceeding + usual);
  }

  #moveGate(): void {
    const most = this.#total * TAIL;
    while (this.#above > most && this.#gate < BINS - 1) this.#above -= this.#bins[this.#gate++] as number;
    while (this.#gate > 0 && this.#above + (this.#bins[this.#gate - 1] as number) <= most)
      this.#above += this.#bins[--this.#gate] as number;
  }

  #lighten(): void {
    for (let bin = 0; bin < BINS; bin++) this.#bins[bin] = (this.#bins[bin] as number) / this.#weight;
    this.#above = this.#bins.subarray(this.#gate).reduce((sum, weight) => sum + weight, 0);
    this.#total /= this.#weight;
    this.#excess /= this.#weight;
    this.#exceeding /= this.#weight;
    this.#weight = 1;
  }
}

const logOf = (size: number): number => Math.min(LARGEST, Math.log1p(size));
