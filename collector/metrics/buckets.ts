import type { Aggregate } from '../ports.ts';
import { type Column, firstNotBefore } from './column.ts';

/** Some samples of one series: all that is needed to make any aggregate of them. */
export interface Bucket {
  /** Where it stands in time: its start, or for samples still to be put into one the instant of the last. */
  at: number;
  count: number;
  sum: number;
  min: number;
  max: number;
  last: number;
}

/** Buckets by the number of their series, ascending in time. */
export type BucketsBySeries = Map<number, Bucket[]>;

type Figure = Exclude<keyof Bucket, 'at'>;

/** In the order in which they are kept. */
export const FIGURES = ['count', 'sum', 'min', 'max', 'last'] as const satisfies Figure[];

/** What of a bucket it takes to tell an aggregate. */
export const FIGURES_OF: Readonly<Record<Aggregate, readonly Figure[]>> = {
  mean: ['count', 'sum'],
  min: ['min'],
  max: ['max'],
  sum: ['sum'],
  count: ['count'],
  last: ['last'],
};

export const tellAggregate = ({ count, sum, ...bucket }: Bucket, aggregate: Aggregate): number => {
  if (aggregate === 'mean') return sum / count;
  if (aggregate === 'sum') return sum;
  return aggregate === 'count' ? count : bucket[aggregate];
};

/** Puts the samples in [from, to) together that belong in one bucket; each stands where its last sample does. */
export function gatherSamples({ times, values }: Column, from: number, to: number, stepMs: number): Bucket[] {
  const gathered: Bucket[] = [];
  const end = firstNotBefore(times, to);
  let i = firstNotBefore(times, from);
  while (i < end) {
    const start = Math.floor((times[i] as number) / stepMs) * stepMs;
    const next = Math.min(firstNotBefore(times, start + stepMs), end);
    gathered.push(fill(times, values, i, next));
    i = next;
  }
  return gathered;
}

function fill(times: Float64Array, values: Float64Array, from: number, to: number): Bucket {
  const first = values[from] as number;
  const at = times[to - 1] as number;
  const bucket = { at, count: to - from, sum: 0, min: first, max: first, last: values[to - 1] as number };
  for (let i = from; i < to; i++) {
    const value = values[i] as number;
    bucket.sum += value;
    if (value < bucket.min) bucket.min = value;
    if (value > bucket.max) bucket.max = value;
  }
  return bucket;
}

/** Adds up what belongs in one bucket of `stepMs`. Of two that stand at the same instant the one that comes later is later. */
export function addUp(parts: readonly Bucket[], stepMs: number): Bucket[] {
  const added: Bucket[] = [];
  let open: Bucket | undefined;
  for (const part of isAscending(parts) ? parts : [...parts].sort((a, b) => a.at - b.at)) {
    const start = Math.floor(part.at / stepMs) * stepMs;
    if (open?.at !== start) {
      open = { ...part, at: start };
      added.push(open);
      continue;
    }
    open.count += part.count;
    open.sum += part.sum;
    if (part.min < open.min) open.min = part.min;
    if (part.max > open.max) open.max = part.max;
    open.last = part.last;
  }
  return added;
}

const isAscending = (parts: readonly Bucket[]): boolean =>
  parts.every(({ at }, i) => i === 0 || at >= (parts[i - 1] as Bucket).at);
