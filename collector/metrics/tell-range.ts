import type { RangeQuery, RangeSeries } from '../ports.ts';
import { addUp, type Bucket, type BucketsBySeries, FIGURES_OF, gatherSamples, tellAggregate } from './buckets.ts';
import type { ChunkReader } from './chunk-reader.ts';
import type { Column } from './column.ts';
import { RAW, ROLLUPS } from './levels.ts';
import { mergeColumns } from './merge-columns.ts';
import type { MetricsFile } from './metrics-file.ts';
import { figureColumns, takeColumns } from './rollup-columns.ts';
import { compareNames, type SeriesName } from './series-dictionary.ts';

export interface RangeSource {
  file: MetricsFile;
  reader: ChunkReader;
  nameOf: (series: number) => SeriesName;
  /** What is in memory only, in the order it came. */
  unwritten: (wants: (series: number) => boolean) => Column[];
}

/** Roll-ups, samples on disk and samples in memory of one device as one. */
export function tellRange(source: RangeSource, device: number, query: RangeQuery): RangeSeries[] {
  const { file, reader, nameOf } = source;
  const { from, to, stepMs, aggregate } = query;
  const wants = wanted(query, nameOf);
  const parts: BucketsBySeries = new Map();
  for (const width of ROLLUPS) {
    const wantsFigures = figureColumns(FIGURES_OF[aggregate], wants);
    for (const row of file.chunksWithin(device, width, from, to)) {
      takeColumns(parts, reader.read(device, row, wantsFigures) ?? []);
    }
  }
  // A roll-up counts where it begins.
  for (const [series, rollups] of parts)
    parts.set(
      series,
      rollups.filter(({ at }) => at >= from && at < to),
    );

  const layers: Column[] = [];
  for (const row of file.chunksWithin(device, RAW, from, to)) layers.push(...(reader.read(device, row, wants) ?? []));
  layers.push(...source.unwritten(wants));
  for (const column of mergeColumns(layers)) {
    const samples = gatherSamples(column, from, to, stepMs);
    parts.set(column.series, (parts.get(column.series) ?? []).concat(samples));
  }
  return [...parts]
    .filter(([, buckets]) => buckets.length > 0)
    .map(([series, buckets]) => ({ name: nameOf(series), buckets }))
    .sort((a, b) => compareNames(a.name, b.name))
    .map(({ name, buckets }) => ({
      tags: { ...name.tags },
      points: addUp(buckets, stepMs).map((bucket: Bucket) => [bucket.at, tellAggregate(bucket, aggregate)]),
    }));
}

/** Remembers its answers: it is asked for every column of every chunk. */
function wanted(
  { measurement, field, tags }: RangeQuery,
  nameOf: (series: number) => SeriesName,
): (series: number) => boolean {
  const answers = new Map<number, boolean>();
  return (series) => {
    let answer = answers.get(series);
    if (answer === undefined) {
      const name = nameOf(series);
      answer = name.measurement === measurement && name.field === field && bears(name, tags ?? {});
      answers.set(series, answer);
    }
    return answer;
  };
}

const bears = (name: SeriesName, tags: Readonly<Record<string, string>>): boolean =>
  Object.entries(tags).every(([tag, value]) => Object.hasOwn(name.tags, tag) && name.tags[tag] === value);
