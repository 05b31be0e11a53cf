import { type Alarms, addAlarms, alarmsOf } from './alarms.ts';
import { addUp, type Coverage, coverageOf } from './coverage.ts';
import { FILLING, grow, HEALTHY, LIMIT } from './growth.ts';

/** What was measured of one family of curves, or of all. */
export interface Row {
  family: string;
  coverage: Coverage;
  alarms: Alarms;
}

/** Every family, so many curves of each; curves of different seeds have nothing in common. */
export function measureFamilies(curves: number, seed: number): Row[] {
  return [...Object.keys(FILLING), ...Object.keys(HEALTHY)].map((family, place) => {
    const grown = Array.from({ length: curves }, (_, index) => grow(family, seed + place * 1_000_003 + index * 7919));
    return {
      family,
      coverage: addUp(grown.map(({ values }) => coverageOf(values, () => LIMIT))),
      alarms: addAlarms(grown.map(alarmsOf)),
    };
  });
}

export const totalOf = (rows: readonly Row[]): Row => ({
  family: 'all',
  coverage: addUp(rows.map(({ coverage }) => coverage)),
  alarms: addAlarms(rows.map(({ alarms }) => alarms)),
});

/** Readings at any times made hourly: each hour has what was read last. */
export function hourly(readings: readonly (readonly [seconds: number, value: number])[]): number[] {
  const values: number[] = [];
  const [first, last] = [readings[0]?.[0] ?? 0, readings.at(-1)?.[0] ?? 0];
  let index = 0;
  for (let seconds = first; seconds <= last; seconds += 3600) {
    while ((readings[index + 1]?.[0] ?? Number.POSITIVE_INFINITY) <= seconds) index++;
    values.push(readings[index]?.[1] ?? 0);
  }
  return values;
}

/** Of measured growth, which has no limit of its own: a hundred levels, each the limit of what is below it. */
export function coverageOfMeasured(values: readonly number[]): Coverage {
  const low = values[0] ?? 0;
  const high = values.reduce((most, value) => Math.max(most, value), low);
  const levels = Array.from({ length: 100 }, (_, index) => low + ((high - low) * (index + 1)) / 100);
  return coverageOf(values, (hour) => levels.find((level) => level > (values[hour] ?? 0)));
}
