import type { Horizons } from '../ports.ts';
import { addUp, type BucketsBySeries, gatherSamples } from './buckets.ts';
import type { Column } from './column.ts';
import { mergeColumns } from './merge-columns.ts';
import { takeColumns, toColumns } from './rollup-columns.ts';

/** Bucket widths in milliseconds; chunks of width 0 hold samples as they came. */
export const RAW = 0;
export const FIVE_MINUTES = 300_000;
export const HOUR = 3_600_000;
export type Width = typeof RAW | typeof FIVE_MINUTES | typeof HOUR;
export const ROLLUPS = [HOUR, FIVE_MINUTES] as const;
export const WIDTHS = [RAW, ...ROLLUPS] as const;

/** At the start of the bucket in which they stand: a bucket goes up, or away, as a whole. */
export const wholeBuckets = ({ raw, fiveMinutes, hour }: Horizons): Horizons => ({
  raw: Math.floor(raw / FIVE_MINUTES) * FIVE_MINUTES,
  fiveMinutes: Math.floor(fiveMinutes / HOUR) * HOUR,
  hour: Math.floor(hour / HOUR) * HOUR,
});

/** Several chunks' columns of one width as one chunk's, in the order of the log. */
export function joinLayers(layers: readonly Column[], width: Width): Column[] {
  return width === RAW ? mergeColumns(layers) : raiseLayers(layers, width, width);
}

/** The same as roll-ups of another width. */
export function raiseLayers(layers: readonly Column[], width: Width, into: Exclude<Width, 0>): Column[] {
  const bySeries: BucketsBySeries = new Map();
  if (width === RAW) {
    for (const column of mergeColumns(layers)) bySeries.set(column.series, gatherSamples(column, ...ALL, into));
  } else takeColumns(bySeries, layers);
  for (const [series, parts] of bySeries) bySeries.set(series, addUp(parts, into));
  return toColumns(bySeries);
}

const ALL = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;
