import { Spread } from './spread.ts';

const HOUR = 3_600_000;
const ROWS = 1_500;
/** Hours are told apart once the spread as a whole is known. */
const SETTLED = 50;
/** For so many values, an hour is taken to be as the others. */
const SHRINK = 20;
const HOUR_ROWS = 200;
const OUTLIER = 4;

/** The mean distance from what was expected, by the hour of the day: nights are quieter than noons. */
export class HourlySpread {
  readonly #spread = new Spread(ROWS);
  readonly #ratios = new Float64Array(24).fill(1);
  readonly #counts = new Float64Array(24);
  #rows = 0;

  /** Of all hours together. */
  get value(): number {
    return this.#spread.value;
  }

  at(time: number): number {
    const hour = hourOf(time);
    const count = this.#counts[hour] as number;
    return (this.#spread.value * (count * (this.#ratios[hour] as number) + SHRINK)) / (count + SHRINK);
  }

  /** @param floor what no spread is below, in the unit of the distance. */
  learn(time: number, distance: number, floor: number): void {
    if (++this.#rows > SETTLED) {
      const hour = hourOf(time);
      const count = Math.min((this.#counts[hour] as number) + 1, HOUR_ROWS);
      const ratio = Math.min(Math.abs(distance) / (this.#spread.value + floor), OUTLIER);
      const former = this.#ratios[hour] as number;
      this.#ratios[hour] = former + (ratio - former) / count;
      this.#counts[hour] = count;
    }
    this.#spread.learn(distance);
  }
}

function hourOf(time: number): number {
  const hour = Math.floor(time / HOUR);
  return hour - Math.floor(hour / 24) * 24;
}
