import { createRandom } from '../../../cli/demo/random.ts';
import type { LabelledSeries } from './series.ts';

const DAY = 86_400_000;
const SLOT = 300_000;
const WINDOW = 100;
const FEW = 20;
const LEAST = 1e-9;

/** What anyone would try first: for each a score per row, from that row and those before. */
export const SIMPLE_DETECTORS: Record<string, (series: LabelledSeries) => number[]> = {
  random({ values }) {
    const random = createRandom(values.length);
    return values.map(() => random.next());
  },

  'z-score of 100 rows': ({ values }) =>
    values.map((value, row) => {
      const past = values.slice(Math.max(0, row - WINDOW), row);
      if (past.length < FEW) return 0;
      const mean = average(past);
      return Math.abs(value - mean) / (Math.sqrt(average(past.map((each) => (each - mean) ** 2))) + LEAST);
    }),

  EWMA({ values }) {
    let mean = values[0] ?? 0;
    let variance = 0;
    return values.map((value, row) => {
      const distance = value - mean;
      const score = row < FEW ? 0 : Math.abs(distance) / (Math.sqrt(variance) + LEAST);
      mean += 0.1 * distance;
      variance += 0.02 * (distance * distance - variance);
      return score;
    });
  },

  'seasonal naive'({ times, values }) {
    const yesterday = new Map<number, number>();
    const errors: number[] = [];
    return values.map((value, row) => {
      const slot = Math.floor(((times[row] as number) % DAY) / SLOT);
      const last = yesterday.get(slot);
      yesterday.set(slot, value);
      if (last === undefined) return 0;
      const error = Math.abs(value - last);
      const score = errors.length < FEW ? 0 : error / (average(errors.slice(-3 * WINDOW)) + LEAST);
      errors.push(error);
      return score;
    });
  },
};

const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
