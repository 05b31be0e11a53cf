import type { RangeQuery } from '../ports.ts';
import { type Column, firstNotBefore } from './column.ts';

type Span = Pick<RangeQuery, 'from' | 'to' | 'stepMs' | 'aggregate'>;

interface Bucket {
  count: number;
  sum: number;
  min: number;
  max: number;
  last: number;
}

const VALUE_OF: Readonly<Record<RangeQuery['aggregate'], (bucket: Bucket) => number>> = {
  mean: ({ sum, count }) => sum / count,
  min: ({ min }) => min,
  max: ({ max }) => max,
  sum: ({ sum }) => sum,
  count: ({ count }) => count,
  last: ({ last }) => last,
};

/** Bucket starts with their value, ascending; buckets without samples are left out. */
export function aggregateColumn({ times, values }: Column, { from, to, stepMs, aggregate }: Span): [number, number][] {
  const points: [number, number][] = [];
  const valueOfBucket = VALUE_OF[aggregate];
  const end = firstNotBefore(times, to);
  let i = firstNotBefore(times, from);
  while (i < end) {
    const start = Math.floor((times[i] as number) / stepMs) * stepMs;
    const next = Math.min(firstNotBefore(times, start + stepMs), end);
    points.push([start, valueOfBucket(fill(values, i, next))]);
    i = next;
  }
  return points;
}

function fill(values: Float64Array, from: number, to: number): Bucket {
  const first = values[from] as number;
  const bucket: Bucket = { count: to - from, sum: 0, min: first, max: first, last: values[to - 1] as number };
  for (let i = from; i < to; i++) {
    const value = values[i] as number;
    bucket.sum += value;
    if (value < bucket.min) bucket.min = value;
    if (value > bucket.max) bucket.max = value;
  }
  return bucket;
}
