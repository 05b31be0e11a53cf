import type { Samples } from './samples.ts';
import { type Course, deviationAt, fitTrend, type Trend } from './trend.ts';

/** What is foreseen of a quantity on its way to a limit. Times are milliseconds from the last reading. */
export interface Outlook {
  /** Whether it clearly moves towards the limit; otherwise it may as well be chance. */
  standsOut: boolean;
  /** When the limit is reached. */
  expectedMs: number;
  /** With 80 % between the two. `latestMs` is Infinity when it may well never be. */
  earliestMs: number;
  latestMs: number;
  /** In the quantity's unit; of a falling one negative. */
  perDay: number;
  /** Seen with the limit above: of a falling quantity, all signs are changed. */
  trend: Trend;
}

interface Bound {
  limit: number;
  direction: 'rising' | 'falling';
}

/** Less than a day cannot be told from the day's own rhythm. */
const MIN_SPAN_DAYS = 1;
const MIN_SAMPLES = 10;
/** Nobody sees further ahead than a few times as far as they look back. */
const MAX_REACH_SPANS = 3;
/** By this the stretch looked at grows, until a longer one tells of another past than the shorter ones. */
const STRETCH_GROWTH = 1.4;
const DISAGREEMENT = 2;
/** Back from the limit by this share of the whole range, and so many usual steps: rotated, emptied, refilled. */
const RESET_SHARE = 0.2;
const RESET_STEPS = 5;
/** What turned back so often by itself will again, unless it is beyond that by this share of the teeth's height. */
const TEETH = 2;
const BEYOND_TEETH = 0.1;
/** From so many points of the past it is asked what would have been foreseen; no single one counts for more than this. */
const HINDSIGHTS = 3;
const WORST_HINDSIGHT = 4;
/** The past speed is multiplied by this before a quantity is said not to come near its limit. */
const HASTE = 3;
/** Further ahead is never, in days. */
const NEVER_DAYS = 36_500;
const BISECTIONS = 40;

const DAY_MS = 86_400_000;
const DAY_MIN = 1440;

/**
 * When the quantity reaches the limit, as its readings go. Undefined without enough of them since it was last reset, when
 * they do not move towards it, when it is too far ahead to tell, and while a saw-tooth stays within its teeth.
 */
export function foresee(samples: Samples, { limit, direction }: Bound): Outlook | undefined {
  const sign = direction === 'rising' ? 1 : -1;
  const course = courseOf(samples, sign);
  const resets = resetsIn(course.values);
  const since = sliceOf(course, resets.at(-1) ?? 0);
  const plain = trendOf(since);
  if (!plain || turnsBack(course.values, resets, plain.level)) return undefined;
  // It is a reading that reaches the limit first, not the line.
  const gap = sign * limit - plain.level - Math.sqrt(plain.flutter);
  const expectedDays = Math.max(0, gap) / plain.slope;
  if (!(plain.slope > 0) || !(expectedDays <= MAX_REACH_SPANS * plain.spanDays)) return undefined;
  const trend = { ...plain, reach: plain.reach * hindsight(since, expectedDays) };
  return {
    standsOut: trend.slope > trend.reach * Math.sqrt(trend.slopeVariance),
    expectedMs: expectedDays * DAY_MS,
    earliestMs: crossing(trend, gap, 1) * DAY_MS,
    latestMs: crossing(trend, gap, -1) * DAY_MS,
    perDay: sign * trend.slope,
    trend,
  };
}

/** Cheap: false when the quantity, far faster than it was over half a day or more, would not reach the limit in that time. */
export function mayReach(samples: Samples, { limit, direction }: Bound, aheadS: number): boolean {
  const sign = direction === 'rising' ? 1 : -1;
  const last = samples.count - 1;
  const value = samples.valueAt(last);
  const minute = samples.minuteAt(last);
  let fastest = 0;
  for (let index = 0; index < last; index++) {
    const apart = minute - samples.minuteAt(index);
    if (apart >= DAY_MIN / 2) fastest = Math.max(fastest, (sign * (value - samples.valueAt(index))) / apart);
  }
  return HASTE * fastest * (aheadS / 60) >= sign * (limit - value);
}

function courseOf(samples: Samples, sign: number): Course {
  const indexes = Array.from({ length: samples.count }, (_, index) => index);
  return {
    days: indexes.map((index) => samples.minuteAt(index) / DAY_MIN),
    values: indexes.map((index) => sign * samples.valueAt(index)),
  };
}

const sliceOf = ({ days, values }: Course, from: number, to?: number): Course => ({
  days: days.slice(from, to),
  values: values.slice(from, to),
});

/** The line over the longest late stretch with which all shorter ones agree. */
function trendOf(course: Course): Trend | undefined {
  const { days } = course;
  const last = days.length - 1;
  const spanDays = (count: number) => (days[last] ?? 0) - (days[last + 1 - count] ?? 0);
  let count = MIN_SAMPLES;
  while (count < days.length && spanDays(count) < MIN_SPAN_DAYS) count++;
  if (count > days.length || spanDays(count) < MIN_SPAN_DAYS) return undefined;
  const agreed: Trend[] = [];
  for (;;) {
    const trend = fitTrend(course, count);
    if (agreed.some((shorter) => disagree(shorter, trend))) break;
    agreed.push(trend);
    if (count === days.length) break;
    count = Math.min(days.length, Math.ceil(count * STRETCH_GROWTH));
  }
  return agreed.at(-1);
}

const disagree = (shorter: Trend, longer: Trend): boolean =>
  Math.abs(shorter.slope - longer.slope) > DISAGREEMENT * shorter.reach * Math.sqrt(shorter.slopeVariance);

/** How much wider its intervals would have had to be for what it would have foreseen before, as far ahead; at least 1. */
function hindsight(course: Course, aheadDays: number): number {
  const { days, values } = course;
  const last = days.length - 1;
  let squares = 1;
  let looks = 1;
  for (let look = 1; look <= HINDSIGHTS; look++) {
    const origin = Math.floor((last * (HINDSIGHTS + 1 + look)) / (2 * HINDSIGHTS + 2));
    const trend = trendOf(sliceOf(course, 0, origin + 1));
    if (!trend) continue;
    const from = days[origin] ?? 0;
    let target = last;
    while (target > origin + 1 && (days[target - 1] ?? 0) - from >= aheadDays) target--;
    const later = (days[target] ?? 0) - from;
    const miss = Math.abs((values[target] ?? 0) - trend.level - trend.slope * later);
    const deviations = miss === 0 ? 0 : miss / deviationAt(trend, later);
    squares += Math.min(WORST_HINDSIGHT, deviations) ** 2;
    looks++;
  }
  return Math.max(1, Math.sqrt(squares / looks));
}

/** Where the quantity begins anew: the first readings after it fell back. */
function resetsIn(values: readonly number[]): number[] {
  const steps = values.slice(1).map((value, index) => value - (values[index] ?? 0));
  const usual = median(steps.map(Math.abs));
  const range = Math.max(...values) - Math.min(...values);
  const fall = Math.max(RESET_STEPS * usual, RESET_SHARE * range);
  return steps.flatMap((step, index) => (step < -fall ? [index + 1] : []));
}

/** Whether it has turned back by itself, more than once, where it is now or beyond. */
function turnsBack(values: readonly number[], resets: readonly number[], level: number): boolean {
  if (resets.length < TEETH) return false;
  const top = Math.max(...resets.map((reset) => values[reset - 1] ?? 0));
  const foot = Math.min(...resets.map((reset) => values[reset] ?? 0));
  return level <= top + BEYOND_TEETH * (top - foot);
}

/** Days until the upper (1) or the lower (-1) edge of what may come has gone as far as the gap. */
function crossing(trend: Trend, gap: number, edge: 1 | -1): number {
  const isShort = (days: number) => trend.slope * days + edge * trend.reach * deviationAt(trend, days) < gap;
  if (!isShort(0)) return 0;
  let low = 0;
  let high = 1;
  while (isShort(high)) {
    low = high;
    high *= 2;
    if (high > NEVER_DAYS) return Number.POSITIVE_INFINITY;
  }
  for (let step = 0; step < BISECTIONS; step++) {
    const middle = (low + high) / 2;
    if (isShort(middle)) low = middle;
    else high = middle;
  }
  return high;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
