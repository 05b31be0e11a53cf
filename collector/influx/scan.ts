import { storeKey } from '../../protocol/names.ts';
import type { MetricRow, RollupRow, ScanBatch } from '../ports.ts';
import type { InfluxSeries } from './connection.ts';
import { tagsKey } from './extras.ts';
import { ident, isStore, isTag, within } from './influxql.ts';
import { AHEAD_MS, extraOf, FIVE_MINUTES, HOUR, type Level, ownOfExtra } from './levels.ts';
import { FIRST_INSTANT, LAST_INSTANT } from './lines.ts';
import type { MarkBook, Marks } from './marks.ts';
import { ownName, ownText, seriesOf } from './names.ts';
import { AS_STORED, FROM_RAW, rollupsOf } from './rolled.ts';
import type { InfluxServer } from './server.ts';

const BATCH_ROWS = 5_000;
const END = Number.POSITIVE_INFINITY;

/** A share of the work: one measurement of one store, from one level. */
interface Piece {
  level: Level;
  /** A condition on tags. */
  where: string;
  /** As readings have it. */
  measurement: string;
}

interface Source {
  server: InfluxServer;
  book: MarkBook;
  /** As they were when the scan began. */
  marks: Readonly<Marks>;
}

/** Everything there is, the oldest level first, store by store and series by series. */
export async function* scanAll(server: InfluxServer, book: MarkBook): AsyncGenerator<ScanBatch> {
  const source: Source = { server, book, marks: await book.read(true) };
  const pieces: Piece[] = [];
  const stores = await storesOf(server);
  for (const level of ['1h', '5m', 'raw'] as const) {
    const measurements = await measurementsOf(source, level);
    for (const where of stores) for (const measurement of measurements) pieces.push({ level, where, measurement });
  }
  const total = pieces.length;
  for (const [i, piece] of pieces.entries()) {
    const batches =
      piece.level === 'raw'
        ? inBatches(rawRows(source, piece), (rows) => ({ kind: 'raw' as const, rows }))
        : inBatches(rollupRows(source, piece, piece.level), (rows) => ({ kind: 'rollup' as const, rows }));
    for await (const batch of batches) yield { ...batch, done: i + 1, total };
  }
}

/** Measurements that may have something to tell at a level: also where all of it was kept beside. */
async function measurementsOf({ server }: Source, level: Level): Promise<string[]> {
  const own = await server.measurements(level);
  const beside = await server.allMeasurements('1h');
  const others = beside.map(ownOfExtra).filter((name) => name !== undefined);
  return [...new Set([...own, ...others])].sort();
}

/** A condition for each store that has anything at all. */
async function storesOf(server: InfluxServer): Promise<string[]> {
  const stores = new Set<string>();
  for (const level of ['raw', '5m', '1h'] as const) {
    for (const chain of await server.tagValues(level, 'chain')) {
      for (const store of await server.tagValues(level, 'store', isTag('chain', chain))) {
        stores.add(isStore(storeKey(ownText(chain), ownText(store))));
      }
    }
  }
  return [...stores];
}

/** Samples from the mark on, and those late ones that stand after it. */
async function* rawRows(source: Source, { where, measurement }: Piece): AsyncGenerator<MetricRow> {
  const from = Math.max(source.marks.gone, source.marks['5m']);
  yield* samples(source, 'raw', measurement, where, from, END);
  const beside = extraOf('raw', measurement);
  if (source.book.hasExtra(beside)) yield* samples(source, '1h', beside, where, from, from + AHEAD_MS + HOUR);
}

async function* samples(
  { server }: Source,
  database: Level,
  stored: string,
  where: string,
  from: number,
  to: number,
): AsyncGenerator<MetricRow> {
  for await (const series of read(server, database, '*', stored, where, from, to)) yield* rowsOf(series);
}

/** Roll-ups of one width, each joined with what is kept beside for its bucket. */
async function* rollupRows(source: Source, piece: Piece, level: '5m' | '1h'): AsyncGenerator<RollupRow> {
  const { server, book, marks } = source;
  const { where, measurement } = piece;
  const widthMs = level === '5m' ? FIVE_MINUTES : HOUR;
  const from = Math.max(marks.gone, level === '5m' ? marks['1h'] : -Infinity);
  const beside = new Map<string, RollupRow>();
  const gather = async (stored: string, what: typeof AS_STORED, since: number, until: number, group = '') => {
    if (!book.hasExtra(stored) || since >= until) return;
    for await (const series of read(server, '1h', what.what, stored, where, since, until, group)) {
      for (const row of rollupsOf({ ...series, name: measurement }, what, widthMs)) {
        const name = nameOf(row);
        beside.set(name, join(beside.get(name), row));
      }
    }
  };
  await gather(extraOf(level, measurement), AS_STORED, marks.gone, END);
  await gather(extraOf('raw', measurement), FROM_RAW, from, marks[level], `time(${widthMs}ms), `);
  if (from < marks[level]) {
    for await (const series of read(server, level, '*', measurement, where, from, marks[level])) {
      for (const row of rollupsOf(series, AS_STORED, widthMs)) {
        const name = nameOf(row);
        const more = beside.get(name);
        beside.delete(name);
        yield more ? join(row, more) : row;
      }
    }
  }
  yield* beside.values();
}

const nameOf = ({ device, field, tags, at }: RollupRow): string => `${device} ${field} ${at} ${tagsKey(tags)}`;

function join(earlier: RollupRow | undefined, later: RollupRow): RollupRow {
  if (!earlier) return later;
  return {
    ...later,
    count: earlier.count + later.count,
    sum: earlier.sum + later.sum,
    min: Math.min(earlier.min, later.min),
    max: Math.max(earlier.max, later.max),
  };
}

function read(
  server: InfluxServer,
  database: Level,
  what: string,
  stored: string,
  where: string,
  from: number,
  to: number,
  group = '',
): AsyncGenerator<InfluxSeries> {
  const when = within(Math.max(from, FIRST_INSTANT), Math.min(to, LAST_INSTANT));
  const fill = group && ' fill(none)';
  return server.stream(
    database,
    `SELECT ${what} FROM ${ident(stored)} WHERE ${where} AND ${when} GROUP BY ${group}*${fill}`,
  );
}

async function* inBatches<Row, Batch>(
  rows: AsyncIterable<Row>,
  batchOf: (rows: Row[]) => Batch,
): AsyncGenerator<Batch> {
  let waiting: Row[] = [];
  for await (const row of rows) {
    waiting.push(row);
    if (waiting.length < BATCH_ROWS) continue;
    yield batchOf(waiting);
    waiting = [];
  }
  if (waiting.length > 0) yield batchOf(waiting);
}

function* rowsOf({ name, tags, columns, values }: InfluxSeries): Generator<MetricRow> {
  const ours = seriesOf(tags);
  if (!ours) return;
  const measurement = ownText(ownOfExtra(name) ?? name);
  const fields = columns.map((column) => ownName('field', column));
  for (const row of values) {
    const numbers: Record<string, number> = {};
    let some = false;
    for (let i = 1; i < row.length; i++) {
      const value = row[i];
      if (typeof value !== 'number') continue;
      numbers[fields[i] as string] = value;
      some = true;
    }
    if (some) yield { ...ours, measurement, at: row[0] as number, fields: numbers };
  }
}
