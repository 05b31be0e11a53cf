import type { DeviceKey } from '../../protocol/names.ts';
import type { MetricRow, RollupRow, ScanBatch } from '../ports.ts';
import type { BucketsBySeries } from './buckets.ts';
import type { ChunkReader } from './chunk-reader.ts';
import { type Column, cutColumns } from './column.ts';
import { joinLayers, RAW, WIDTHS, type Width } from './levels.ts';
import { cutAfter } from './merge-plan.ts';
import type { MetricsFile } from './metrics-file.ts';
import { takeColumns } from './rollup-columns.ts';
import type { SeriesName } from './series-dictionary.ts';

const ROWS_PER_BATCH = 5000;
const ALL_DEVICES = 2 ** 31;

export interface ScanSource {
  file: MetricsFile;
  reader: ChunkReader;
  /** Nothing before it is told. */
  horizon: number;
  keyOf: (device: number) => DeviceKey;
  nameOf: (series: number) => SeriesName;
}

/**
 * All that is on disk: devices one after the other, stretches of time one after the other, so that no more than a few
 * chunks are in memory. Chunks may be added and merged meanwhile; `done` and `total` count the numbers in chunks.
 */
export async function* scanFile(source: ScanSource): AsyncGenerator<ScanBatch> {
  const { file } = source;
  const total = file.numbers();
  let done = 0;
  // Those that are there now: what comes meanwhile would have no end.
  for (const device of file.deviceIdsAfter(0, ALL_DEVICES)) {
    for (const width of WIDTHS) {
      for (const { columns, finished } of stretches(source, device, width)) {
        done = Math.min(done + finished, total);
        if (width === RAW) {
          for (const rows of cut(joinRows(source, device, columns))) yield { kind: 'raw', rows, done, total };
        } else {
          const all = rollupRows(source, device, width, columns);
          for (const rows of cut(all)) yield { kind: 'rollup', rows, done, total };
        }
      }
    }
  }
}

/** A device's columns of one width in stretches of time, with how many numbers stood in the chunks that end there. */
function* stretches(
  { file, reader, horizon }: ScanSource,
  device: number,
  width: Width,
): Generator<{ columns: Column[]; finished: number }> {
  const until = file.chunks(device, width).reduce((last, { end }) => Math.max(last, end + 1), horizon);
  for (let from = horizon; ; ) {
    const rows = file.chunksWithin(device, width, from, until).filter(({ id }) => !reader.isDamaged(id));
    const to = Math.min(cutAfter(rows) ?? from, until);
    if (to <= from) return;
    const layers = rows.filter(({ start }) => start < to).flatMap((row) => reader.read(device, row, () => true) ?? []);
    const columns = joinLayers(cutColumns(cutColumns(layers, from, 'from'), to, 'before'), width);
    const finished = rows.reduce((sum, { end, samples }) => (end < to ? sum + samples : sum), 0);
    yield { columns, finished };
    from = to;
  }
}

/** Fields of one measurement, its tags and one instant become one row. */
function joinRows({ keyOf, nameOf }: ScanSource, number: number, columns: readonly Column[]): MetricRow[] {
  const device = keyOf(number);
  const groups = new Map<string, Map<number, MetricRow & { fields: Record<string, number> }>>();
  for (const { series, times, values } of columns) {
    const { measurement, tags, field } = nameOf(series);
    const key = JSON.stringify([measurement, tags]);
    const group = groups.get(key) ?? new Map<number, MetricRow & { fields: Record<string, number> }>();
    groups.set(key, group);
    times.forEach((at, i) => {
      const row = group.get(at) ?? { device, at, measurement, tags, fields: {} };
      group.set(at, row);
      row.fields[field] = values[i] as number;
    });
  }
  return [...groups.values()].flatMap((group) => [...group.values()]);
}

function rollupRows(
  { keyOf, nameOf }: ScanSource,
  number: number,
  widthMs: number,
  columns: readonly Column[],
): RollupRow[] {
  const device = keyOf(number);
  const bySeries: BucketsBySeries = new Map();
  takeColumns(bySeries, columns);
  return [...bySeries].flatMap(([series, buckets]) =>
    buckets.map((bucket) => ({ device, ...nameOf(series), widthMs, ...bucket })),
  );
}

function* cut<T>(rows: readonly T[]): Generator<T[]> {
  for (let i = 0; i < rows.length; i += ROWS_PER_BATCH) yield rows.slice(i, i + ROWS_PER_BATCH);
}
