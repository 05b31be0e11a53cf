/** A quantity in percent, hour by hour, on its way to 95 or not. */
export interface Curve {
  family: string;
  values: number[];
}

export const LIMIT = 95;
const MAX_DAYS = 90;
/** Of those that never will, fewer tell as much. */
const HEALTHY_DAYS = 40;

type Random = () => number;
/** What is added in an hour; `level` is what there is. A family may keep what it needs in between. */
type Growth = (random: Random) => (hour: number, level: number) => number;

/** The same numbers for the same seed (mulberry32). */
function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const between = (random: Random, low: number, high: number) => low + (high - low) * random();
const normal = (random: Random) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
/** As likely in each octave: percent per day. */
const rate = (random: Random) => 0.8 * 2 ** between(random, 0, 4);
const dayOf = (hour: number) => Math.floor(hour / 24);
const isOpen = (hour: number) => hour % 24 >= 9 && hour % 24 < 20 && dayOf(hour) % 7 !== 6;

/** Curves that fill a disk one day. */
export const FILLING: Readonly<Record<string, Growth>> = {
  /** A log that takes the same every hour. */
  linear: (random) => {
    const perHour = rate(random) / 24;
    return () => perHour * (1 + 0.3 * normal(random));
  },
  /** A batch each night, of a size that differs, and next to nothing by day. */
  'nightly batch': (random) => {
    const perDay = rate(random);
    const spread = between(random, 0.1, 0.5);
    return (hour) => (hour % 24 === 2 ? perDay * Math.max(0, 1 + spread * normal(random)) : perDay * 0.002);
  },
  /** Grows with the sales, and three to five times as fast in the days of an offer. */
  'sales bursts': (random) => {
    const perDay = rate(random);
    let offerUntil = 0;
    return (hour) => {
      if (hour % 24 === 8 && random() < 0.06) offerUntil = hour + 24 * between(random, 1, 4);
      const pace = hour < offerUntil ? between(random, 3, 5) : 1;
      return isOpen(hour) ? (perDay / 11) * pace * Math.max(0, 1 + 0.4 * normal(random)) : 0;
    };
  },
  /** Opening hours, busy Saturdays, no Sunday. */
  'weekly cycle': (random) => {
    const perDay = rate(random);
    const saturday = between(random, 1.5, 2.5);
    return (hour) =>
      isOpen(hour) ? (perDay / 11) * (dayOf(hour) % 7 === 5 ? saturday : 1) * (1 + 0.3 * normal(random)) : 0;
  },
  /** By day it rises, at night some of it is tidied away. */
  'daily tide': (random) => {
    const perDay = rate(random);
    const tide = perDay * between(random, 0.3, 1.5);
    return (hour) => (hour % 24 === 3 ? -tide : isOpen(hour) ? (perDay + (dayOf(hour) % 7 === 6 ? 0 : tide)) / 11 : 0);
  },
  /** Nothing for a week or two, then it begins. */
  'plateau, then growth': (random) => {
    const perHour = rate(random) / 24;
    const begin = 24 * between(random, 5, 15);
    return (hour) => (hour < begin ? 0.002 * normal(random) : perHour * (1 + 0.4 * normal(random)));
  },
  /** Growth in fits and starts, with pauses of days. */
  pauses: (random) => {
    const perHour = (1.6 * rate(random)) / 24;
    let grows = true;
    return (hour) => {
      if (hour % 12 === 0 && random() < 0.12) grows = !grows;
      return grows ? perHour * (1 + 0.3 * normal(random)) : 0;
    };
  },
  /** Faster every day. */
  accelerating: (random) => {
    const perHour = rate(random) / 24 / 2;
    const doublesIn = 24 * between(random, 8, 30);
    return (hour) => perHour * 2 ** (hour / doublesIn) * (1 + 0.3 * normal(random));
  },
  /** Many writers and removers: it walks, upwards in the long run. */
  'walk upwards': (random) => {
    const perHour = rate(random) / 24;
    const step = perHour * between(random, 1, 5);
    return () => perHour + step * normal(random);
  },
  /** Jumps of all sizes at any time: uploads, updates, dumps. */
  jumps: (random) => {
    const perDay = rate(random);
    return () => (random() < 1 / 10 ? (perDay / 2.4) * -Math.log(1 - random()) : 0);
  },
  /** Somebody tidies up once on the way. */
  'tidied once': (random) => {
    const perHour = rate(random) / 24;
    const tidied = Math.floor(24 * between(random, 4, 15));
    return (hour, level) => (hour === tidied ? -0.6 * (level - 20) : perHour * (1 + 0.3 * normal(random)));
  },
};

/** Curves that never fill it. */
export const HEALTHY: Readonly<Record<string, Growth>> = {
  /** Logs rotated every few days, well below. */
  'saw-tooth': (random) => {
    const perHour = between(random, 2, 12) / 24;
    const period = 24 * Math.ceil(between(random, 1, Math.min(9, 35 / (perHour * 24))));
    return (hour) => (hour % period === 0 ? -perHour * (period - 1) : perHour * (1 + 0.1 * normal(random)));
  },
  'daily rhythm': (random) => {
    const swing = between(random, 0.5, 12);
    const wave = (hour: number) => (swing / 2) * Math.sin((2 * Math.PI * hour) / 24);
    return (hour) => wave(hour) - wave(hour - 1);
  },
  flat: (random) => () => 0.02 * normal(random) * (random() < 0.05 ? 1 : 0),
  /** Temporary files of all sizes that come and go. */
  restless: (random) => {
    const home = between(random, 40, 80);
    const step = between(random, 0.1, 1);
    return (_, level) => 0.1 * (home - level) + step * normal(random);
  },
  /** A cache that fills up to its own bound. */
  saturating: (random) => {
    const bound = between(random, 60, 85);
    const pull = 1 / (24 * between(random, 2, 10));
    return (_, level) => Math.max(0, (bound - level) * pull * (1 + 0.3 * normal(random)));
  },
};

/** Readings hour by hour until the limit is reached, or for so many days. */
export function grow(family: string, seed: number): Curve {
  const random = randomFrom(seed);
  const growth = (FILLING[family] ?? HEALTHY[family])?.(random);
  if (!growth) throw new Error(`no curves of family ${family}`);
  const flutter = random() < 0.5 ? 0 : between(random, 0, 0.6);
  let level = between(random, 20, 60);
  const values: number[] = [];
  const days = FILLING[family] ? MAX_DAYS : HEALTHY_DAYS;
  for (let hour = 0; hour < days * 24; hour++) {
    level = Math.max(1, level + growth(hour, level));
    const value = level + flutter * normal(random);
    values.push(value);
    if (value >= LIMIT) break;
  }
  return { family, values };
}
