import type { Spread } from '../../protocol/backtest.ts';

/** Each step is so much longer than the one before: quantiles are right to within half of that. */
const GROWTH = Math.log(1.05);

/** Durations in steps that grow: few numbers, however many durations, and to be added up. */
export type Durations = Record<number, number>;

export function addDuration(durations: Durations, ms: number): void {
  const step = Math.round(Math.log1p(Math.max(0, ms) / 100) / GROWTH);
  durations[step] = (durations[step] ?? 0) + 1;
}

export function mergeDurations(into: Durations, more: Durations): void {
  for (const [step, count] of Object.entries(more)) into[Number(step)] = (into[Number(step)] ?? 0) + count;
}

/** Undefined of none. */
export function spreadOf(durations: Durations): Spread | undefined {
  const steps = Object.entries(durations).map(([step, count]) => [Number(step), count] as const);
  steps.sort(([a], [b]) => a - b);
  const count = steps.reduce((sum, [, many]) => sum + many, 0);
  if (count === 0) return undefined;
  const quantileS = (share: number): number => {
    let left = Math.ceil(share * count);
    const [step] = steps.find(([, many]) => {
      left -= many;
      return left <= 0;
    }) ?? [0];
    return Number((Math.expm1(step * GROWTH) / 10).toPrecision(3));
  };
  return { count, medianS: quantileS(0.5), p95S: quantileS(0.95) };
}
