import type { Aggregate, RangeQuery, RangeSeries } from '../ports.ts';
import type { InfluxSeries } from './connection.ts';
import { tagsKey } from './extras.ts';
import { ident, isDevice, isTag, within } from './influxql.ts';
import { AHEAD_MS, extraOf, HOUR, type Level } from './levels.ts';
import { FIRST_INSTANT, LAST_INSTANT } from './lines.ts';
import type { MarkBook } from './marks.ts';
import { seriesOf, storedName, storedRollup, storedText } from './names.ts';
import type { InfluxServer } from './server.ts';

/** What a bucket's value is made of, so that buckets of two levels can be joined. */
type Part = 'count' | 'sum' | 'min' | 'max' | 'last';
type Parts = Partial<Record<Part, number>>;

const NEEDED: Readonly<Record<Aggregate, readonly Part[]>> = {
  mean: ['sum', 'count'],
  min: ['min'],
  max: ['max'],
  sum: ['sum'],
  count: ['count'],
  last: ['last'],
};

/** How the later of two parts joins the earlier. */
const JOIN: Readonly<Record<Part, (earlier: number, later: number) => number>> = {
  count: (a, b) => a + b,
  sum: (a, b) => a + b,
  min: Math.min,
  max: Math.max,
  last: (_, later) => later,
};

/** Reads a range from wherever parts of it are, and tells it as one. */
export async function readRange(server: InfluxServer, marks: MarkBook, query: RangeQuery): Promise<RangeSeries[]> {
  if (!(query.stepMs > 0)) throw new RangeError(`stepMs is ${query.stepMs}, expected a number above 0`);
  const found = new Map<string, { tags: Record<string, string>; buckets: Map<number, Parts> }>();
  for (const { database, statements } of requests(await marks.read(), marks, query)) {
    for (const series of (await server.select(database, statements.join('; '))).flat()) {
      const tags = seriesOf(series.tags)?.tags ?? {};
      const name = tagsKey(tags);
      const entry = found.get(name) ?? { tags, buckets: new Map<number, Parts>() };
      found.set(name, entry);
      take(entry.buckets, series);
    }
  }
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { tags, buckets }]) => ({ tags, points: pointsOf(buckets, query.aggregate) }))
    .filter(({ points }) => points.length > 0);
}

interface Request {
  database: Level;
  statements: string[];
}

/**
 * What to ask for: each instant from the one level that tells it, oldest first, and what is kept beside. Where two speak of
 * one bucket, the `last` is that of the later request: what came late came last, and the newest level is newer still.
 */
function requests(marks: Awaited<ReturnType<MarkBook['read']>>, book: MarkBook, query: RangeQuery): Request[] {
  const from = Math.max(query.from, marks.gone, FIRST_INSTANT);
  const to = Math.min(query.to, LAST_INSTANT);
  if (!(from < to)) return [];
  const name = storedText(query.measurement);
  const asked: Request[] = [];
  const ask = (database: Level, level: Level, measurement: string, since: number, until: number): void => {
    if (since >= until) return;
    const statement = statementOf(level, measurement, since, until, query);
    const before = asked.at(-1);
    if (before?.database === database) before.statements.push(statement);
    else asked.push({ database, statements: [statement] });
  };
  const askBeside = (level: Level, until: number): void => {
    const beside = storedText(extraOf(level, query.measurement));
    if (book.hasExtra(beside)) ask('1h', level, beside, from, until);
  };
  ask('1h', '1h', name, from, Math.min(to, marks['1h']));
  askBeside('1h', to);
  ask('5m', '5m', name, Math.max(from, marks['1h']), Math.min(to, marks['5m']));
  askBeside('5m', to);
  // Late ones stand before the mark or little after it, as it was when they came.
  askBeside('raw', Math.min(to, marks['5m'] + AHEAD_MS + HOUR));
  ask('raw', 'raw', name, Math.max(from, marks['5m']), to);
  return asked;
}

function statementOf(level: Level, stored: string, from: number, to: number, query: RangeQuery): string {
  const { device, field, tags = {}, stepMs, aggregate } = query;
  const parts = NEEDED[aggregate].map((part) => {
    if (level === 'raw') return `${part}(${ident(storedName('field', field))}::field) AS ${ident(part)}`;
    // Counts of roll-ups are summed up.
    const by = part === 'count' ? 'sum' : part;
    return `${by}(${ident(`${storedRollup(field)}_${part}`)}::field) AS ${ident(part)}`;
  });
  const wanted = Object.entries(tags).map(([tag, text]) => isTag(storedName('tag', tag), storedText(text)));
  const where = [isDevice(device), ...wanted, within(from, to)].join(' AND ');
  const step = Math.min(Math.ceil(stepMs), LAST_INSTANT);
  return `SELECT ${parts.join(', ')} FROM ${ident(stored)} WHERE ${where} GROUP BY time(${step}ms), * fill(none)`;
}

function take(buckets: Map<number, Parts>, { columns, values }: InfluxSeries): void {
  for (const row of values) {
    const at = row[0] as number;
    const bucket = buckets.get(at) ?? {};
    buckets.set(at, bucket);
    for (let i = 1; i < columns.length; i++) {
      const part = columns[i] as Part;
      const value = row[i];
      if (typeof value !== 'number') continue;
      const before = bucket[part];
      bucket[part] = before === undefined ? value : JOIN[part](before, value);
    }
  }
}

function pointsOf(buckets: ReadonlyMap<number, Parts>, aggregate: Aggregate): [number, number][] {
  const points: [number, number][] = [];
  for (const [at, parts] of buckets) {
    const value = aggregate === 'mean' ? (parts.sum as number) / (parts.count as number) : parts[aggregate];
    if (value !== undefined && Number.isFinite(value)) points.push([at, value]);
  }
  return points.sort(([a], [b]) => a - b);
}
