import type { SalesRule } from '../types.ts';
import { WeekCurve } from '../week-curve.ts';

/*
 * What a till sells, learnt from its own counter. An hour of the week is known once it was seen twice; only time in
 * which the till was heard, staffed as far as that is told, not worked on, and the store open, is counted. How much a till's
 * hours differ from one week to the next beyond chance is learnt beside it, and so are its longest pauses: a lane that
 * is left alone now and then is not called for that.
 */

/** Such hours of the week an expectation is made from, at least. */
const KNOWN_FROM = 1.5;
/** Of an hour, what must have been seen for it to teach anything. */
const LEAST_SEEN_MS = 20 * 60_000;
const HOUR_MS = 3_600_000;
/** What an hour counts for in the next, of spread and pauses: after six weeks of opening hours, a third. */
const KEEP = 0.998;
/** Before anything is learnt, hours are taken to vary by a third beyond chance. */
const FIRST_SPREAD = 0.1;
const FIRST_SQUARES = 2000;
const LEAST_SPREAD = 0.02;
/** A pause as unlikely as the longest but one of late is usual, and so is one by half unlikelier. */
const BEYOND_USUAL = 1.5;
/** What a pause teaches at most, in limits. */
const MOST_TAUGHT = 2;

/** Of one till. Instants are milliseconds since 1970. */
export interface SalesWatch {
  readonly rule: SalesRule;
  /** Sales per hour. */
  readonly curve: WeekCurve;
  /** By how much squared misses of whole hours were more than chance, and the squares of what was expected. */
  excess: number;
  squares: number;
  /** The hour being counted: which of the week, what was sold in it, for how long it was seen, what was expected. */
  hour: number;
  sold: number;
  seenMs: number;
  foreseen: number;
  /** The counter, NaN before the first reading; and when it was read without a hole since, 0 where there is one. */
  total: number;
  heardAt: number;
  /** The last sale since the store opened; 0 before the first. */
  soldAt: number;
  /** Expected since: in all, within this hour, and how unlikely the hours before made the pause. */
  expected: number;
  hourExpected: number;
  unlikely: number;
  /** The most unlikely pauses of late, fading. */
  longest: number;
  second: number;
  /** Sold and expected of late, fading by a third within the hour. */
  lately: number;
  latelyExpected: number;
}

export const newSalesWatch = (rule: SalesRule): SalesWatch => ({
  rule,
  curve: WeekCurve.empty(),
  excess: FIRST_SPREAD * FIRST_SQUARES,
  squares: FIRST_SQUARES,
  hour: -1,
  sold: 0,
  seenMs: 0,
  foreseen: 0,
  total: Number.NaN,
  heardAt: 0,
  soldAt: 0,
  expected: 0,
  hourExpected: 0,
  unlikely: 0,
  longest: 0,
  second: 0,
  lately: 0,
  latelyExpected: 0,
});

/** A device, as far as its sales are kept. */
interface Selling {
  sales: SalesWatch | undefined;
  judged: { sales: SalesRule | undefined };
}

/** The device was away: what it did meanwhile was not seen. */
export function missSales({ sales }: Selling): void {
  if (sales) sales.heardAt = 0;
}

/** Forgets what was learnt for a rule that judges the device no more. */
export function endSales(device: Selling): void {
  if (device.sales?.rule !== device.judged.sales) device.sales = undefined;
}

/** Takes the counter. Returns its gain: one that went back has begun anew. */
export function count(watch: SalesWatch, total: number): number {
  const { total: before } = watch;
  watch.total = total;
  if (Number.isNaN(before)) return 0;
  return total >= before ? total - before : Math.max(0, total);
}

/** Sales expected in so many milliseconds of this hour; 0 where the hour is not known yet. */
export const expectedIn = ({ curve }: SalesWatch, hour: number, forMs: number): number =>
  curve.weightAt(hour) < KNOWN_FROM ? 0 : (curve.levelAt(hour) * forMs) / HOUR_MS;

/** Time passed in which the till could sell. `teaches` is false while it is known not to. */
export function pass(watch: SalesWatch, hour: number, forMs: number, gain: number, teaches: boolean): void {
  if (hour !== watch.hour) turnHour(watch, hour, teaches);
  const expected = expectedIn(watch, hour, forMs);
  const fade = Math.exp(-forMs / HOUR_MS);
  watch.seenMs += forMs;
  watch.sold += gain;
  watch.foreseen += expected;
  watch.lately = watch.lately * fade + gain;
  watch.latelyExpected = watch.latelyExpected * fade + expected;
}

/** Nothing was sold where so much was expected. */
export function pause(watch: SalesWatch, expected: number): void {
  watch.expected += expected;
  watch.hourExpected += expected;
}

/** The pause is over, with a sale or because the till could not sell any more: it is one of those there are. */
export function endPause(watch: SalesWatch, soldAt: number): void {
  const size = Math.min(unlikeliness(watch), MOST_TAUGHT * limitOf(watch.rule));
  if (size > watch.longest) {
    watch.second = watch.longest;
    watch.longest = size;
  } else watch.second = Math.max(watch.second, size);
  watch.soldAt = soldAt;
  watch.expected = 0;
  watch.hourExpected = 0;
  watch.unlikely = 0;
}

/**
 * How unlikely the pause is: minus the natural logarithm of its probability. Sales are Poisson's, about an expectation
 * that differs from hour to hour (a negative binomial).
 */
export const unlikeliness = (watch: SalesWatch): number => watch.unlikely + ofNone(watch.hourExpected, spreadOf(watch));

/** How unlikely a pause must be to be told. Who is known to be at the till cannot have left it alone. */
export const limitFor = (watch: SalesWatch, isStaffed: boolean): number =>
  Math.max(limitOf(watch.rule), isStaffed ? 0 : BEYOND_USUAL * watch.second);

export const limitOf = ({ chance }: SalesRule): number => -Math.log(chance);

/** Minus the logarithm of the probability that nothing is sold where so much is expected, its variance beyond chance given. */
export const ofNone = (expected: number, spread: number): number => Math.log1p(spread * expected) / spread;

/** The variance of an hour beyond chance, as a share of the square of what is expected. */
const spreadOf = ({ excess, squares }: SalesWatch): number => Math.max(LEAST_SPREAD, excess / squares);

function turnHour(watch: SalesWatch, hour: number, teaches: boolean): void {
  const { seenMs, sold, foreseen } = watch;
  watch.unlikely = unlikeliness(watch);
  watch.hourExpected = 0;
  if (watch.hour >= 0 && teaches && seenMs >= LEAST_SEEN_MS) {
    const seen = Math.min(1, seenMs / HOUR_MS);
    watch.curve.learn(watch.hour, sold / (seenMs / HOUR_MS), seen);
    if (foreseen > 0) {
      watch.excess = Math.max(0, KEEP * watch.excess + (sold - foreseen) ** 2 - foreseen);
      watch.squares = KEEP * watch.squares + foreseen ** 2;
    }
    watch.longest *= KEEP;
    watch.second *= KEEP;
  }
  watch.hour = hour;
  watch.seenMs = 0;
  watch.sold = 0;
  watch.foreseen = 0;
}
