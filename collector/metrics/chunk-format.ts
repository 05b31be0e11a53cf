import { crc32 } from 'node:zlib';
import { ByteReader, ByteWriter } from './bytes.ts';
import type { Column } from './column.ts';
import { decodeColumn, encodeColumn } from './column-codec.ts';

/*
 * A chunk: CRC-32 of all that follows, format, a directory (time columns: rows and bytes; series: number as difference
 * from the one before, its time column, bytes), then the encoded columns in the same order. The directory comes first so
 * that a reader decodes the series it wants and no other.
 */
const FORMAT = 1;
const CRC_BYTES = 4;

/** `columns` ascending in series. `packed`: smaller, for some more time; for chunks that stay. */
export function encodeChunk(columns: readonly Column[], packed: boolean): Uint8Array {
  const { distinct, placeOf } = distinctTimes(columns);
  const timeBodies = distinct.map((times) => encodeColumn(times, packed));
  const valueBodies = columns.map(({ values }) => encodeColumn(values, packed));

  const writer = new ByteWriter();
  writer.bytes(new Uint8Array(CRC_BYTES));
  writer.byte(FORMAT);
  writer.varint(distinct.length);
  distinct.forEach((times, i) => {
    writer.varint(times.length);
    writer.varint((timeBodies[i] as Uint8Array).byteLength);
  });
  writer.varint(columns.length);
  let before = 0;
  columns.forEach(({ series, times }, i) => {
    writer.varint(series - before);
    writer.varint(placeOf.get(times) as number);
    writer.varint((valueBodies[i] as Uint8Array).byteLength);
    before = series;
  });
  for (const body of timeBodies) writer.bytes(body);
  for (const body of valueBodies) writer.bytes(body);
  const chunk = writer.done();
  new DataView(chunk.buffer, chunk.byteOffset).setUint32(0, crc32(chunk.subarray(CRC_BYTES)), true);
  return chunk;
}

/**
 * The columns of the wanted series. `onTimes` is given each time column, also of series nobody wants. Throws an Error that
 * says what is wrong with a damaged chunk.
 */
export function decodeChunk(
  chunk: Uint8Array,
  wants: (series: number) => boolean,
  onTimes?: (times: Float64Array) => void,
): Column[] {
  if (chunk.byteLength <= CRC_BYTES) throw new RangeError('cut short');
  const body = chunk.subarray(CRC_BYTES);
  const sum = new DataView(chunk.buffer, chunk.byteOffset).getUint32(0, true);
  if (crc32(body) !== sum) throw new RangeError('its checksum does not match');
  const reader = new ByteReader(body);
  const format = reader.byte();
  if (format !== FORMAT) throw new RangeError(`its format is ${format}, expected ${FORMAT}`);

  const timeEntries = Array.from({ length: reader.varint() }, () => ({ rows: reader.varint(), size: reader.varint() }));
  let series = 0;
  const seriesEntries = Array.from({ length: reader.varint() }, () => {
    series += reader.varint();
    return { series, time: reader.varint(), size: reader.varint() };
  });

  const timeBodies = timeEntries.map(({ rows, size }) => ({ rows, bytes: reader.bytes(size) }));
  const decodedTimes: Float64Array[] = [];
  if (onTimes) {
    timeBodies.forEach(({ bytes, rows }, place) => {
      decodedTimes[place] = decodeColumn(bytes, rows);
    });
    decodedTimes.forEach(onTimes);
  }
  const columns: Column[] = [];
  for (const entry of seriesEntries) {
    const bytes = reader.bytes(entry.size);
    if (!wants(entry.series)) continue;
    const time = timeBodies[entry.time];
    if (!time) throw new RangeError('a series has no time column');
    decodedTimes[entry.time] ??= decodeColumn(time.bytes, time.rows);
    const times = decodedTimes[entry.time] as Float64Array;
    columns.push({ series: entry.series, times, values: decodeColumn(bytes, time.rows) });
  }
  return columns;
}

/** Time columns that differ, each once, and which one every column's times are. */
function distinctTimes(columns: readonly Column[]): {
  distinct: Float64Array[];
  placeOf: Map<Float64Array, number>;
} {
  const distinct: Float64Array[] = [];
  const placeOf = new Map<Float64Array, number>();
  for (const { times } of columns) {
    if (placeOf.has(times)) continue;
    const known = distinct.findIndex((other) => sameTimes(other, times));
    placeOf.set(times, known >= 0 ? known : distinct.push(times) - 1);
  }
  return { distinct, placeOf };
}

const sameTimes = (a: Float64Array, b: Float64Array): boolean =>
  a.length === b.length && a.every((at, i) => at === b[i]);
