/*
 * A line through readings that knows how far it may be trusted. What the readings do about the line is taken as two
 * things, told apart by how their differences grow with distance: a flutter about the level, which stays as it is however
 * far one looks ahead, and a walk of the level itself, which adds up. Where the late half of them goes another way than
 * the early one, the line leans towards the late half, and is trusted less.
 */

/** What is seen in readings; in their unit, and days. */
export interface Trend {
  /** Per day. */
  slope: number;
  slopeVariance: number;
  /** The level at the last reading. */
  level: number;
  levelVariance: number;
  /** Variance of a single reading about the level. */
  flutter: number;
  /** What the level's walk adds to its variance in a day. */
  walk: number;
  /** How many deviations hold 80 % of what may come. */
  reach: number;
  spanDays: number;
}

/** Readings on the way: days, ascending, and values. */
export interface Course {
  days: readonly number[];
  values: readonly number[];
}

/** 80 % of a normal distribution lie within so many deviations; a fifth more, for what no line foresees. */
const DEVIATIONS = 1.2 * 1.2816;
/** Readings of one day share its rhythm: they say no more of the trend than this many. */
const WORTH_PER_DAY = 4;
/** Of the slopes between pairs, the share left out at each end. */
const TRIMMED = 0.05;
/** A line takes its share of a walk for its own: what is left about it shows but half. */
const HIDDEN_WALK = 2;
/** Of a bend that stands out, how far the line turns with it; and what every bend adds to the doubt. */
const LEAN = 0.75;
const BEND_DOUBT = 0.7;
/** A reading so many deviations off is wild, and moves the level no further. */
const WILD = 3;

/** The trend of the last `count` of the readings, at least four. */
export function fitTrend({ days, values }: Course, count: number): Trend {
  const late: Course = { days: days.slice(-count), values: values.slice(-count) };
  const spanDays = spanOf(late);
  const straight = robustSlope(late);
  const { flutter, walk } = spreadAbout(late, straight);
  const worth = Math.max(3, Math.min(count, 1 + WORTH_PER_DAY * spanDays));
  const byWalk = (1.2 * walk) / spanDays;
  const byFlutter = (12 * flutter) / (worth * spanDays * spanDays);
  const bend = bendOf(late);
  // Halves are half as long and bear half the readings; twice their own doubt is no bend yet.
  const chance = 2 * 4 * (byWalk + 2 * byFlutter);
  const lean = bend === 0 ? 0 : LEAN * Math.max(0, 1 - chance / (bend * bend));
  const slope = straight + lean * bend;
  return {
    slope,
    slopeVariance: byWalk + byFlutter + BEND_DOUBT * bend * bend,
    ...followLevel(late, slope, flutter, walk),
    flutter,
    walk,
    reach: DEVIATIONS * (1 + 0.66 / (worth - 2)),
    spanDays,
  };
}

/** The deviation of a reading so many days after the last from where the line leads. */
export function deviationAt({ levelVariance, flutter, walk, slopeVariance }: Trend, days: number): number {
  return Math.sqrt(levelVariance + flutter + walk * days + slopeVariance * days * days);
}

/**
 * After Theil and Sen: the mean of the slopes between all pairs that stand well apart, but for the lowest and the
 * highest. Their median would miss growth that comes in lumps.
 */
function robustSlope(course: Course): number {
  const { days, values } = course;
  const least = spanOf(course) / 4;
  const slopes: number[] = [];
  for (let i = 0; i < days.length; i++) {
    for (let j = days.length - 1; j > i; j--) {
      const apart = at(days, j) - at(days, i);
      if (apart < least) break;
      slopes.push((at(values, j) - at(values, i)) / apart);
    }
  }
  const sorted = Float64Array.from(slopes).sort();
  const trimmed = Math.floor(TRIMMED * sorted.length);
  const kept = sorted.subarray(trimmed, sorted.length - trimmed);
  return kept.reduce((sum, slope) => sum + slope, 0) / kept.length;
}

/** By how much the late half of the readings is steeper than the early one. */
function bendOf({ days, values }: Course): number {
  const half = (at(days, 0) + at(days, days.length - 1)) / 2;
  let middle = 1;
  while (middle < days.length - 2 && at(days, middle) < half) middle++;
  const late = { days: days.slice(middle), values: values.slice(middle) };
  const early = { days: days.slice(0, middle + 1), values: values.slice(0, middle + 1) };
  return robustSlope(late) - robustSlope(early);
}

/**
 * Mean squares of the differences between neighbours, and between readings a quarter to half of the span apart: what
 * grows from the ones to the others is the walk.
 */
function spreadAbout(course: Course, slope: number) {
  const { days, values } = course;
  const spanDays = spanOf(course);
  const rest = (index: number) => at(values, index) - slope * at(days, index);
  const near = { squares: 0, days: 0, pairs: 0 };
  const far = { squares: 0, days: 0, pairs: 0 };
  for (let i = 0; i < days.length; i++) {
    for (let j = i + 1; j < days.length; j++) {
      const apart = at(days, j) - at(days, i);
      const into = j === i + 1 ? near : apart >= spanDays / 4 && apart <= spanDays / 2 ? far : undefined;
      if (!into) continue;
      into.squares += (rest(j) - rest(i)) ** 2;
      into.days += apart;
      into.pairs++;
    }
  }
  const nearSquare = near.squares / near.pairs;
  const nearDays = near.days / near.pairs;
  const furtherDays = far.pairs === 0 ? 0 : far.days / far.pairs - nearDays;
  const walk = furtherDays > 0 ? Math.max(0, (far.squares / far.pairs - nearSquare) / furtherDays) : 0;
  return { walk: HIDDEN_WALK * walk, flutter: Math.max(0, (nearSquare - walk * nearDays) / 2) };
}

/** Follows the level through the readings about the line: the more it walks, the more the last ones count. */
function followLevel({ days, values }: Course, slope: number, flutter: number, walk: number) {
  const last = at(days, days.length - 1);
  const rest = (index: number) => at(values, index) - slope * (at(days, index) - last);
  let level = rest(0);
  let levelVariance = flutter;
  for (let index = 1; index < days.length; index++) {
    levelVariance += walk * (at(days, index) - at(days, index - 1));
    const wild = WILD * Math.sqrt(levelVariance + flutter);
    const news = Math.max(-wild, Math.min(wild, rest(index) - level));
    const gain = levelVariance + flutter > 0 ? levelVariance / (levelVariance + flutter) : 1;
    level += gain * news;
    levelVariance *= 1 - gain;
  }
  return { level, levelVariance };
}

const spanOf = ({ days }: Course): number => at(days, days.length - 1) - at(days, 0);

const at = (values: readonly number[], index: number): number => values[index] ?? 0;
