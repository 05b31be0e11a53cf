import type { DeviceKey } from '../../protocol/names.ts';
import type { RollupRow } from '../ports.ts';
import type { Bucket, BucketsBySeries } from './buckets.ts';
import { encodeChunk } from './chunk-format.ts';
import type { ChunkReader } from './chunk-reader.ts';
import { type Column, extentOf } from './column.ts';
import { PACK_SAMPLES } from './compaction.ts';
import { addChunks } from './flush.ts';
import { FIVE_MINUTES, HOUR } from './levels.ts';
import type { MetricsFile } from './metrics-file.ts';
import { takeColumns, toColumns } from './rollup-columns.ts';
import type { SeriesName } from './series-dictionary.ts';

/** Roll-ups of one device and width. */
export interface RollupsOfDevice {
  device: number;
  width: typeof FIVE_MINUTES | typeof HOUR;
  bySeries: Map<number, Map<number, Bucket>>;
}

/**
 * Rows by device and width; of two of the same bucket the later one. A row with a figure that is no finite number is none.
 * @throws RangeError for a bucket that is no five minutes or hour.
 */
export function groupRollups(
  rows: readonly RollupRow[],
  deviceNumber: (key: DeviceKey) => number,
  seriesNumber: (name: SeriesName) => number,
): RollupsOfDevice[] {
  const groups = new Map<string, RollupsOfDevice>();
  for (const { device: key, measurement, tags, field, widthMs: width, ...bucket } of rows) {
    if ((width !== FIVE_MINUTES && width !== HOUR) || bucket.at % width !== 0) {
      throw new RangeError(`a roll-up of ${width} ms at ${bucket.at}, expected whole five minutes or a whole hour`);
    }
    if (!Object.values(bucket).every(Number.isFinite)) continue;
    const device = deviceNumber(key);
    const group = groups.get(`${device} ${width}`) ?? { device, width, bySeries: new Map() };
    groups.set(`${device} ${width}`, group);
    const series = seriesNumber({ measurement, tags, field });
    const buckets = group.bySeries.get(series) ?? new Map<number, Bucket>();
    group.bySeries.set(series, buckets.set(bucket.at, bucket));
  }
  return [...groups.values()];
}

/** The last of each series, as if it were a sample at the start of its bucket. */
export function latestOf({ bySeries }: RollupsOfDevice): Column[] {
  return [...bySeries].map(([series, buckets]) => {
    const newest = [...buckets.values()].reduce((a, b) => (b.at > a.at ? b : a));
    return { series, times: Float64Array.of(newest.at), values: Float64Array.of(newest.last) };
  });
}

/** Puts roll-ups in the place of those of the same series and start, within the transaction of the caller. */
export function replaceRollups(
  file: MetricsFile,
  reader: ChunkReader,
  { device, width, bySeries }: RollupsOfDevice,
): void {
  const sorted: BucketsBySeries = new Map();
  for (const [series, buckets] of bySeries)
    sorted.set(
      series,
      [...buckets.values()].sort((a, b) => a.at - b.at),
    );
  const columns = toColumns(sorted);
  const { start, end } = extentOf(columns);
  for (const row of file.chunksWithin(device, width, start, end + 1)) {
    const there: BucketsBySeries = new Map();
    takeColumns(there, reader.read(device, row, () => true) ?? []);
    let replaced = 0;
    for (const [series, buckets] of there) {
      const kept = buckets.filter(({ at }) => !bySeries.get(series)?.has(at));
      replaced += buckets.length - kept.length;
      if (kept.length > 0) there.set(series, kept);
      else there.delete(series);
    }
    if (replaced === 0) continue;
    const rest = toColumns(there);
    if (rest.length === 0) file.deleteChunk(row.id);
    else {
      const extent = extentOf(rest);
      file.replaceChunk({ ...extent, id: row.id }, encodeChunk(rest, extent.samples >= PACK_SAMPLES));
    }
  }
  addChunks(file, device, width, columns);
}
