import { type Bucket, type BucketsBySeries, FIGURES } from './buckets.ts';
import type { Column } from './column.ts';

/** A roll-up's figures stand in chunks as samples do, each as a column of its own: series times five, plus its place. */
const SPREAD = FIGURES.length;

/** Which columns hold these figures of the wanted series. */
export function figureColumns(
  figures: readonly (typeof FIGURES)[number][],
  wants: (series: number) => boolean,
): (column: number) => boolean {
  const places = FIGURES.map((figure) => figures.includes(figure));
  return (column) => places[column % SPREAD] === true && wants(Math.floor(column / SPREAD));
}

/** Which columns hold any figure of the wanted series. */
export const wantsRollup =
  (wants: (series: number) => boolean): ((column: number) => boolean) =>
  (column) =>
    wants(Math.floor(column / SPREAD));

/** Columns in ascending order, as chunks want them. */
export function toColumns(bySeries: BucketsBySeries): Column[] {
  const columns: Column[] = [];
  for (const [series, buckets] of [...bySeries].sort(([a], [b]) => a - b)) {
    const times = Float64Array.from(buckets, ({ at }) => at);
    FIGURES.forEach((figure, place) => {
      const values = Float64Array.from(buckets, (bucket) => bucket[figure]);
      columns.push({ series: series * SPREAD + place, times, values });
    });
  }
  return columns;
}

/** Adds the buckets of columns to those that are there already. Figures without a column are zero. */
export function takeColumns(bySeries: BucketsBySeries, columns: readonly Column[]): void {
  let series = -1;
  let known: Float64Array | undefined;
  let taken: Bucket[] = [];
  for (const { series: column, times, values } of columns) {
    // The columns of one roll-up share their times; those of the next chunk have their own.
    if (Math.floor(column / SPREAD) !== series || times !== known) {
      series = Math.floor(column / SPREAD);
      known = times;
      taken = Array.from(times, (at) => ({ at, count: 0, sum: 0, min: 0, max: 0, last: 0 }));
      bySeries.set(series, (bySeries.get(series) ?? []).concat(taken));
    }
    const figure = FIGURES[column % SPREAD] as (typeof FIGURES)[number];
    for (let i = 0; i < taken.length; i++) (taken[i] as Bucket)[figure] = values[i] as number;
  }
}
