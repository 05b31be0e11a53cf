import { foresee } from '../../../alerting/engine/forecast/outlook.ts';
import { Samples } from '../../../alerting/engine/forecast/samples.ts';
import { deviationAt } from '../../../alerting/engine/forecast/trend.ts';

const HOUR_MS = 3_600_000;
const KEEP_MIN = 28 * 1440;
/** Forecasts are looked at this often. */
const EVERY_HOURS = 12;

/** How forecasts came true. */
export interface Coverage {
  forecasts: number;
  /** The limit was reached within the 80 % interval; before it; after it. */
  within: number;
  before: number;
  after: number;
  /** A day on, the value lay within its 80 % interval, of so many that were looked at. */
  values: number;
  valuesWithin: number;
}

const noCoverage = (): Coverage => ({
  forecasts: 0,
  within: 0,
  before: 0,
  after: 0,
  values: 0,
  valuesWithin: 0,
});

export function addUp(all: readonly Coverage[]): Coverage {
  const sum = noCoverage();
  for (const one of all) for (const key of Object.keys(sum) as (keyof Coverage)[]) sum[key] += one[key];
  return sum;
}

/**
 * Forecasts made on the way through hourly readings, against what came. `limitFor`: the limit that is ahead of an hour.
 * Those whose limit the readings never reach are left out.
 */
export function coverageOf(values: readonly number[], limitFor: (hour: number) => number | undefined): Coverage {
  const seen = noCoverage();
  const samples = new Samples();
  values.forEach((value, hour) => {
    samples.add(60, value, KEEP_MIN);
    if (hour % EVERY_HOURS !== 0) return;
    const limit = limitFor(hour);
    if (limit === undefined || value >= limit) return;
    const reached = values.findIndex((later, at) => at > hour && later >= limit);
    if (reached < 0) return;
    const outlook = foresee(samples, { limit, direction: 'rising' });
    if (!outlook?.standsOut) return;
    const reachedMs = (reached - hour) * HOUR_MS;
    seen.forecasts++;
    // Readings are an hour apart: what is reached between two of them shows at the second.
    if (reachedMs < outlook.earliestMs) seen.before++;
    else if (reachedMs - HOUR_MS > outlook.latestMs) seen.after++;
    else seen.within++;
    const dayOn = values[hour + 24];
    if (dayOn === undefined) return;
    const { trend, perDay } = outlook;
    seen.values++;
    if (Math.abs(dayOn - trend.level - perDay) <= trend.reach * deviationAt(trend, 1)) seen.valuesWithin++;
  });
  return seen;
}
