import { cut } from './spread.ts';

/** After so many seasons, the next counts for no less than the last. */
const SEASONS = 8;

/** What is usual in each slot of a season, a day or a week, learnt as values come. */
export class Profile {
  readonly #periodMs: number;
  readonly #slots: number;
  readonly #levels: Float64Array;
  /** How many seasons each slot was seen in, and the last of them. */
  readonly #seasons: Uint8Array;
  readonly #latest: Float64Array;

  constructor(periodMs: number, slots: number) {
    this.#periodMs = periodMs;
    this.#slots = slots;
    this.#levels = new Float64Array(slots);
    this.#seasons = new Uint8Array(slots);
    this.#latest = new Float64Array(slots).fill(Number.NaN);
  }

  /** In how many seasons the slot of that time was seen; eight stand for more. */
  seasonsAt(time: number): number {
    return this.#seasons[this.#slotOf(time)] as number;
  }

  /** What is usual at that time, its neighbours weighed in; NaN in a slot that was never seen. */
  at(time: number): number {
    const slot = this.#slotOf(time);
    if (this.#seasons[slot] === 0) return Number.NaN;
    let sum = 2 * (this.#levels[slot] as number);
    let weights = 2;
    for (const near of [slot === 0 ? this.#slots - 1 : slot - 1, slot === this.#slots - 1 ? 0 : slot + 1]) {
      if (this.#seasons[near] === 0) continue;
      sum += this.#levels[near] as number;
      weights++;
    }
    return sum / weights;
  }

  /** @param limit a value further away than that counts as so far. */
  learn(time: number, value: number, limit: number): void {
    const slot = this.#slotOf(time);
    const season = Math.floor(time / this.#periodMs);
    if (this.#latest[slot] !== season) {
      this.#latest[slot] = season;
      this.#seasons[slot] = Math.min((this.#seasons[slot] as number) + 1, SEASONS);
    }
    const seasons = this.#seasons[slot] as number;
    const level = this.#levels[slot] as number;
    const distance = value - level;
    this.#levels[slot] = level + (seasons > 2 ? cut(distance, limit) : distance) / seasons;
  }

  #slotOf(time: number): number {
    const within = time - Math.floor(time / this.#periodMs) * this.#periodMs;
    return Math.floor((within * this.#slots) / this.#periodMs);
  }
}
