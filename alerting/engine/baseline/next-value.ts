import { Spread } from './spread.ts';

const ERROR_ROWS = 300;
const FOLLOW = 0.3;
/** What share of its distance from the expected a value usually keeps until the next. */
const KEEP = 0.6;

/** Foretells the next value from the last ones, in the way that has come nearest of late. */
export class NextValue {
  readonly #errors = [new Spread(ERROR_ROWS), new Spread(ERROR_ROWS), new Spread(ERROR_ROWS)];
  #last = 0;
  #mean = 0;
  #distance = 0;
  #rows = 0;

  /** @param expected whatever the last values were. */
  from(expected: number): number {
    if (this.#rows === 0) return expected;
    const guesses = this.#guesses(expected);
    let best = 0;
    for (let way = 1; way < guesses.length; way++) {
      if (this.#errorOf(way) < this.#errorOf(best)) best = way;
    }
    return guesses[best] as number;
  }

  learn(value: number, expected: number): void {
    if (this.#rows++ === 0) this.#mean = value;
    else this.#guesses(expected).forEach((guess, way) => void this.#errors[way]?.learn(value - guess));
    this.#last = value;
    this.#mean += FOLLOW * (value - this.#mean);
    this.#distance = value - expected;
  }

  /** As the last; as the last few; on its way back to what is expected. */
  #guesses(expected: number): number[] {
    return [this.#last, this.#mean, expected + KEEP * this.#distance];
  }

  #errorOf(way: number): number {
    return (this.#errors[way] as Spread).value;
  }
}
