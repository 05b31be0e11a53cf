import { HOURS_OF_WEEK } from './hour-of-week.ts';

/** What a week counts for in the next: after six, a third. */
const KEEP = Math.exp(-1 / 6);
/** Weights are kept in steps of so many to one. */
const STEPS = 32;
const HEAVIEST = 255 / STEPS;
const BYTES = HOURS_OF_WEEK * 5;

/**
 * One level for each hour of the week, and how much it is worth: how many such hours it was seen in, those of long ago
 * counting less. 840 bytes.
 */
export class WeekCurve {
  readonly #levels: Float32Array;
  readonly #weights: Uint8Array;

  private constructor(buffer: ArrayBuffer) {
    this.#levels = new Float32Array(buffer, 0, HOURS_OF_WEEK);
    this.#weights = new Uint8Array(buffer, HOURS_OF_WEEK * 4, HOURS_OF_WEEK);
  }

  static empty(): WeekCurve {
    return new WeekCurve(new ArrayBuffer(BYTES));
  }

  /** What `save` gave; undefined when it is something else. */
  static load(saved: string): WeekCurve | undefined {
    const bytes = Uint8Array.from(atob(saved), (letter) => letter.charCodeAt(0));
    return bytes.length === BYTES ? new WeekCurve(bytes.buffer) : undefined;
  }

  levelAt(hour: number): number {
    return this.#levels[hour] as number;
  }

  /** In how many such hours it was seen. */
  weightAt(hour: number): number {
    return (this.#weights[hour] as number) / STEPS;
  }

  /** Takes what one hour showed. `weight`: how much of it was seen, up to 1. */
  learn(hour: number, level: number, weight: number): void {
    const former = this.weightAt(hour) * KEEP;
    this.#levels[hour] = (this.levelAt(hour) * former + level * weight) / (former + weight);
    this.#weights[hour] = Math.round(Math.min(HEAVIEST, former + weight) * STEPS);
  }

  /** What was known of this hour holds no more. */
  forget(hour: number): void {
    this.#weights[hour] = 0;
  }

  /** Base64, 1120 characters. */
  save(): string {
    return btoa(String.fromCharCode(...new Uint8Array(this.#levels.buffer)));
  }
}
