import type { DevicePast, PastRollups, SeriesName } from '../../alerting/backtest/ports.ts';
import { addUp, type BucketsBySeries } from './buckets.ts';
import { decodeChunk } from './chunk-format.ts';
import { type Column, cutColumns, firstNotBefore } from './column.ts';
import { RAW, ROLLUPS, type Width } from './levels.ts';
import { mergeColumns } from './merge-columns.ts';
import { takeColumns, wantsRollup } from './rollup-columns.ts';

/** What is kept of a device between two instants, as it is kept. May be handed to another thread. */
export interface PackedPast {
  /** Nothing before it is told. */
  since: number;
  chunks: { width: Width; bytes: Uint8Array }[];
  /** Not on disk yet. */
  unwritten: Column[];
}

/** Opens what was packed. Series bear numbers there, whose names it is told as they come to be. */
export class PackedReader {
  readonly #names: SeriesName[] = [];

  /** How many names it knows. */
  get known(): number {
    return this.#names.length;
  }

  learn(names: readonly SeriesName[]): void {
    for (const name of names) this.#names.push(name);
  }

  /**
   * The wanted series in [from, to). A chunk that is damaged is left out: the store tells of it when it reads it itself.
   * When it was heard is found only where `asksHeard` says so: it takes a look at every series.
   */
  open(
    packed: PackedPast,
    from: number,
    to: number,
    wanted: (name: SeriesName) => boolean,
    asksHeard = true,
  ): DevicePast {
    const answers = new Map<number, boolean>();
    const wants = (series: number): boolean => {
      let answer = answers.get(series);
      if (answer === undefined) {
        const name = this.#names[series - 1];
        answer = name !== undefined && wanted(name);
        answers.set(series, answer);
      }
      return answer;
    };
    const since = Math.max(from, packed.since);
    const heard: Float64Array[] = [];
    const layers = [
      ...this.#layersOf(packed, RAW, wants, asksHeard ? heard : undefined),
      ...packed.unwritten.filter(({ series }) => wants(series)),
    ];
    if (asksHeard) heard.push(...new Set(packed.unwritten.map(({ times }) => times)));
    const columns = cutColumns(cutColumns(mergeColumns(layers), since, 'from'), to, 'before');
    return {
      heard: instantsOf(heard, since, to),
      series: columns.map(({ series, times, values }) => ({ ...this.#nameOf(series), times, values })),
      rollups: ROLLUPS.flatMap((width) => this.#rollups(packed, width, wants, since, to)),
    };
  }

  #rollups(
    packed: PackedPast,
    widthMs: Width,
    wants: (series: number) => boolean,
    from: number,
    to: number,
  ): PastRollups[] {
    const bySeries: BucketsBySeries = new Map();
    takeColumns(bySeries, this.#layersOf(packed, widthMs, wantsRollup(wants)));
    return [...bySeries].flatMap(([series, parts]) => {
      const buckets = addUp(parts, widthMs).filter(({ at }) => at >= from && at < to);
      if (buckets.length === 0) return [];
      return [
        {
          ...this.#nameOf(series),
          widthMs,
          times: Float64Array.from(buckets, ({ at }) => at),
          min: Float64Array.from(buckets, ({ min }) => min),
          max: Float64Array.from(buckets, ({ max }) => max),
          last: Float64Array.from(buckets, ({ last }) => last),
        },
      ];
    });
  }

  #layersOf(
    { chunks }: PackedPast,
    width: Width,
    wants: (column: number) => boolean,
    heard?: Float64Array[],
  ): Column[] {
    return chunks.flatMap((chunk) => {
      if (chunk.width !== width) return [];
      try {
        return decodeChunk(chunk.bytes, wants, heard && ((times) => heard.push(times)));
      } catch {
        return [];
      }
    });
  }

  #nameOf = (series: number): SeriesName => this.#names[series - 1] as SeriesName;
}

/** All instants in [from, to), each once, ascending. */
function instantsOf(columns: readonly Float64Array[], from: number, to: number): Float64Array {
  const parts = columns
    .map((times) => times.subarray(firstNotBefore(times, from), firstNotBefore(times, to)))
    .filter(({ length }) => length > 0);
  if (parts.length === 1) return parts[0] as Float64Array;
  const all = new Float64Array(parts.reduce((length, part) => length + part.length, 0));
  let length = 0;
  for (const part of parts) {
    all.set(part, length);
    length += part.length;
  }
  // Chunks mostly follow one another.
  if (parts.every((part, i) => i === 0 || (part[0] as number) > (parts[i - 1]?.at(-1) as number))) return all;
  all.sort();
  let kept = 0;
  for (let i = 0; i < all.length; i++) if (i === 0 || all[i] !== all[i - 1]) all[kept++] = all[i] as number;
  return all.subarray(0, kept);
}
