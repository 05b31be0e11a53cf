import type { MetricRow, RollupRow } from '../ports.ts';
import { ident, isDevice, within } from './influxql.ts';
import { extraOf, type Level } from './levels.ts';
import type { Lines } from './lines.ts';
import type { MarkBook } from './marks.ts';
import { seriesOf, storedName, storedRollup, storedText } from './names.ts';
import type { InfluxServer } from './server.ts';
import type { Writer } from './writer.ts';

const STATEMENTS = 100;

export interface ExtraTools {
  server: InfluxServer;
  writer: Writer;
  lines: Lines;
  marks: MarkBook;
}

/** Puts away samples from before the mark. One that is among the raw ones was rolled up with them: it is no late one. */
export async function sendLate(tools: ExtraTools, rows: readonly MetricRow[]): Promise<void> {
  if (rows.length === 0) return;
  const asked = rows.map((row) => ({ row, field: storedName('field', Object.keys(row.fields)[0] ?? '') }));
  const there = await present(tools.server, 'raw', (measurement) => measurement, asked);
  const raw = [...there].map(({ row }) => row);
  await tools.writer.send('raw', [...tools.lines.ofRows(raw)]);
  const extra = asked.filter((one) => !there.has(one)).map(({ row }) => row);
  await sendBeside(tools, 'raw', extra);
}

/** Puts roll-ups from elsewhere where they are told once, also when they are given again later. */
export async function sendRollups(tools: ExtraTools, level: '5m' | '1h', rows: readonly RollupRow[]): Promise<void> {
  if (rows.length === 0) return;
  const { server, writer, lines, marks } = tools;
  const { '5m': end5, '1h': end1 } = await marks.read();
  const end = level === '5m' ? end5 : end1;
  const begin = level === '5m' ? end1 : -Infinity;
  const asked = rows.map((row) => ({ row, field: `${storedRollup(row.field)}_count` }));
  const fitting = asked.filter(({ row }) => row.at >= begin && row.at < end);
  const below = asked.filter(({ row }) => row.at < begin);
  const beyond = asked.filter(({ row }) => row.at >= end);
  // What was put beside before its time came stays there; what is part of an hourly roll-up by now is in that.
  const beside = await present(
    server,
    '1h',
    (measurement) => extraOf(level, measurement),
    fitting,
    (name) => marks.hasExtra(name),
  );
  const moved = await present(server, level, (measurement) => measurement, below);
  const main = [...fitting.filter((one) => !beside.has(one)), ...moved].map(({ row }) => row);
  await writer.send(level, [...lines.ofRollups(main)]);
  const extra = [...beyond, ...beside, ...below.filter((one) => !moved.has(one))].map(({ row }) => row);
  await sendBeside(tools, level, extra);
}

async function sendBeside(
  { writer, lines, marks }: ExtraTools,
  level: Level,
  rows: readonly MetricRow[] | readonly RollupRow[],
): Promise<void> {
  const renamed = rows.map((row) => ({ ...row, measurement: extraOf(level, row.measurement) }));
  await writer.send('1h', [
    ...(level === 'raw' ? lines.ofRows(renamed as MetricRow[]) : lines.ofRollups(renamed as RollupRow[])),
  ]);
  for (const { measurement } of renamed) marks.noteExtra(storedText(measurement));
}

interface Asked {
  row: MetricRow | RollupRow;
  /** The column that has a value if the row is there. */
  field: string;
}

/** Those of the rows whose series has something at their instant. */
async function present<T extends Asked>(
  server: InfluxServer,
  level: Level,
  nameOf: (measurement: string) => string,
  asked: readonly T[],
  isWorthAsking: (stored: string) => boolean = () => true,
): Promise<Set<T>> {
  const groups = new Map<string, { name: string; rows: T[]; from: number; to: number }>();
  for (const one of asked) {
    const { device, measurement, at } = one.row;
    const name = storedText(nameOf(measurement));
    if (!isWorthAsking(name)) continue;
    const key = JSON.stringify([device, name]);
    const group = groups.get(key);
    if (!group) groups.set(key, { name, rows: [one], from: at, to: at + 1 });
    else {
      group.rows.push(one);
      group.from = Math.min(group.from, at);
      group.to = Math.max(group.to, at + 1);
    }
  }
  const found = new Set<T>();
  const all = [...groups.values()];
  for (let at = 0; at < all.length; at += STATEMENTS) {
    const some = all.slice(at, at + STATEMENTS);
    const statements = some.map(
      ({ name, rows: [first], from, to }) =>
        `SELECT * FROM ${ident(name)} WHERE ${isDevice((first as T).row.device)} AND ${within(from, to)} GROUP BY *`,
    );
    const answers = await server.select(level, statements.join('; '));
    for (const [i, { rows }] of some.entries()) {
      const there = new Set<string>();
      for (const { tags, columns, values } of answers[i] ?? []) {
        const series = tagsKey(seriesOf(tags)?.tags ?? {});
        for (const row of values) {
          for (let c = 1; c < columns.length; c++) if (row[c] !== null) there.add(`${columns[c]} ${row[0]} ${series}`);
        }
      }
      for (const one of rows) {
        if (there.has(`${one.field} ${Math.floor(one.row.at)} ${tagsKey(one.row.tags)}`)) found.add(one);
      }
    }
  }
  return found;
}

export const tagsKey = (tags: Readonly<Record<string, string>>): string => JSON.stringify(Object.entries(tags).sort());
