import { Expected } from './expected.ts';
import { HourlySpread } from './hourly-spread.ts';
import { NextValue } from './next-value.ts';
import { Novelty } from './novelty.ts';
import { rooted } from './rooted.ts';
import { cut, Spread } from './spread.ts';
import { Tail } from './tail.ts';

/** Rows after which one counts a third in what is known of how rare things are. */
const MEMORY_ROWS = 12_000;
const NOVELTY_ROWS = 512;
const CHANGE_ROWS = 1_500;
const RECENT_CHANGES = 8;
/** Rows over which distances from the expected are averaged: what lasts shows although no row of it stands out. */
const MEAN_ROWS = [4, 16, 64];
/** From the first rows it is told whether values have a sign. */
const OPENING_ROWS = 32;
/** Rows after which it is believed in full. */
const WARM_ROWS = 400;
/** Cut in spreads: of a distance that goes into a mean, of a change. */
const FARTHEST = 6;
const STEEPEST = 5;
/** The share of the recent mean surprise in a row's own, and how fast that mean follows. */
const RECENT_SHARE = 0.25;
const RECENT_FOLLOW = 0.25;
/** What was found goes on showing, at a share of its weight, and fades over a twentieth of the rows so far. */
const HOLD_SHARE = 0.5;
const HOLD_PART = 0.05;
const HOLD_ROWS = { least: 20, most: 400 };
/** The surprise whose score is a half: one row in three hundred, if nothing ever happened. */
const HALF = 2.5;
const HUGE = 1e120;

/**
 * Scores the rows of one series as they come, knowing nothing but the rows before. What is foretold (`Expected`,
 * `NextValue`), how much values vary and what course they take (`Novelty`) is compared with what comes; how surprising a
 * difference is, its own past tells (`Tail`). Memory and time per row are bounded.
 */
export class AnomalyDetector {
  readonly #expected = new Expected();
  readonly #next = new NextValue();
  readonly #novelty = new Novelty(NOVELTY_ROWS);
  readonly #nextSpread = new HourlySpread();
  readonly #spread = new HourlySpread();
  readonly #changes = new Spread(CHANGE_ROWS);
  #recentChange = 0;

  readonly #nextTails = new TwoTails();
  readonly #means = MEAN_ROWS.map((rows) => ({ rows, mean: 0, tails: new TwoTails() }));
  readonly #restless = new Tail(MEMORY_ROWS);
  readonly #still = new Tail(MEMORY_ROWS);
  readonly #novel = new Tail(MEMORY_ROWS);
  readonly #overall = new Tail(MEMORY_ROWS);

  /** Values of the first rows, until it is known how to take them. */
  #opening: { time: number; value: number }[] | undefined = [];
  #isSigned = false;
  #rows = 0;
  #last = 0;
  /** The smallest step there was: nothing finer can be told from noise. */
  #grain = Number.POSITIVE_INFINITY;
  #recent = 0;
  #held = 0;

  /**
   * @param time milliseconds since 1970, for the hour of the day and the week; rows count in the order they come.
   * @param value any finite number, or NaN where it is missing.
   * @returns from 0, as ever, to 1, as never; from a half up it is worth a look.
   */
  add(time: number, value: number): number {
    this.#held *= 1 - 1 / Math.min(HOLD_ROWS.most, Math.max(HOLD_ROWS.least, HOLD_PART * this.#rows));
    let surprise = 0;
    if (!Number.isNaN(value)) {
      surprise = this.#take(time, value);
      this.#held = Math.max(this.#held, surprise);
    }
    const shown = Math.max(surprise, HOLD_SHARE * this.#held);
    return shown ** 2 / (shown ** 2 + HALF ** 2);
  }

  #take(time: number, value: number): number {
    if (!this.#opening) return this.#judge(time, this.#even(value));
    this.#opening.push({ time, value });
    if (this.#opening.length < OPENING_ROWS) return 0;
    this.#isSigned = this.#opening.some((row) => row.value < 0);
    for (const row of this.#opening) this.#judge(row.time, this.#even(row.value));
    this.#opening = undefined;
    return 0;
  }

  #even(value: number): number {
    return this.#isSigned ? cut(value, HUGE) : rooted(value);
  }

  #judge(time: number, value: number): number {
    this.#rows++;
    const isFirst = this.#rows === 1;
    const change = isFirst ? 0 : value - this.#last;
    if (change !== 0) this.#grain = Math.min(this.#grain, Math.abs(change));
    const floor = Number.MIN_VALUE + 1e-6 * Math.abs(value) + (Number.isFinite(this.#grain) ? this.#grain / 4 : 0);
    const expected = isFirst ? value : this.#expected.at(time);

    const most = Math.max(
      this.#surpriseOfNext(time, value, expected, floor),
      this.#surpriseOfMeans(time, value - expected, floor),
      this.#surpriseOfChange(change, floor),
      this.#surpriseOfCourse(value, floor),
    );
    this.#next.learn(value, expected);
    this.#expected.learn(time, value);
    this.#last = value;
    return this.#overallSurprise(most) * Math.min(1, this.#rows / WARM_ROWS);
  }

  #surpriseOfNext(time: number, value: number, expected: number, floor: number): number {
    const distance = value - this.#next.from(expected);
    const surprise = this.#nextTails.judge(distance / (this.#nextSpread.at(time) + floor));
    this.#nextSpread.learn(time, distance, floor);
    return surprise;
  }

  #surpriseOfMeans(time: number, distance: number, floor: number): number {
    const spread = this.#spread.at(time) + floor;
    const near = this.#rows < OPENING_ROWS ? 0 : cut(distance, FARTHEST * spread);
    let most = 0;
    for (const each of this.#means) {
      each.mean += (near - each.mean) / each.rows;
      most = Math.max(most, each.tails.judge((each.mean / spread) * Math.sqrt(each.rows)));
    }
    this.#spread.learn(time, distance, floor);
    return most;
  }

  /** From row to row values usually change: much more than they do, or much less, as a line gone flat. */
  #surpriseOfChange(change: number, floor: number): number {
    const usual = this.#changes.value + floor;
    const size = this.#rows < OPENING_ROWS ? Math.abs(change) : Math.min(Math.abs(change), STEEPEST * usual);
    this.#recentChange += (size - this.#recentChange) / RECENT_CHANGES;
    const ratio = (this.#recentChange + floor) / usual;
    this.#changes.learn(change);
    return Math.max(judge(this.#restless, STEEPEST * ratio), judge(this.#still, STEEPEST / ratio));
  }

  #surpriseOfCourse(value: number, floor: number): number {
    return judge(this.#novel, this.#novelty.add(value) / (this.#nextSpread.value + floor));
  }

  /** The same surprise is worth less in a series that is often surprising. */
  #overallSurprise(most: number): number {
    this.#recent += RECENT_FOLLOW * (most - this.#recent);
    const smooth = (1 - RECENT_SHARE) * most + RECENT_SHARE * this.#recent;
    return judge(this.#overall, Math.expm1(smooth / 2));
  }
}

/** Differences up and down: latencies jump, and never fall as far. */
class TwoTails {
  readonly #up = new Tail(MEMORY_ROWS);
  readonly #down = new Tail(MEMORY_ROWS);

  judge(difference: number): number {
    const up = judge(this.#up, Math.max(difference, 0));
    const down = judge(this.#down, Math.max(-difference, 0));
    return difference < 0 ? down : up;
  }
}

/** How surprising a size is, which is one more from then on. */
function judge(tail: Tail, size: number): number {
  const surprise = tail.surprise(size);
  tail.learn(size);
  return surprise;
}
