import type { Horizons } from '../ports.ts';
import { ident, within } from './influxql.ts';
import { FIVE_MINUTES, HOUR, type Level } from './levels.ts';
import { FIRST_INSTANT, type Lines } from './lines.ts';
import type { MarkBook } from './marks.ts';
import { FROM_RAW, FROM_ROLLUPS, rollupsOf } from './rolled.ts';
import type { InfluxServer } from './server.ts';
import { CHUNK_LINES, type Writer } from './writer.ts';

/** One step up: from what, to what, and how much time at once, so that little is done again after an interruption. */
interface Step {
  from: Level;
  to: '5m' | '1h';
  widthMs: number;
  spanMs: number;
  columns: typeof FROM_RAW;
}

const STEPS: Readonly<Record<'5m' | '1h', Step>> = {
  '5m': { from: 'raw', to: '5m', widthMs: FIVE_MINUTES, spanMs: HOUR, columns: FROM_RAW },
  '1h': { from: '5m', to: '1h', widthMs: HOUR, spanMs: 6 * HOUR, columns: FROM_ROLLUPS },
};

export interface RollupTools {
  server: InfluxServer;
  writer: Writer;
  lines: Lines;
  marks: MarkBook;
  /** True when the rest is to be left to the next call. */
  isEnough: () => boolean;
}

/**
 * Makes the roll-ups that are due: what stands before the mark was read and written whole, so interrupted anywhere, the
 * next call writes the same once more. What is rolled up stays where it was until the server forgets it, and is not told.
 */
export async function rollUp(tools: RollupTools, horizons: Horizons): Promise<void> {
  const { marks } = tools;
  await marks.read(true);
  await advance(tools, STEPS['5m'], floor(horizons.raw, FIVE_MINUTES));
  await advance(tools, STEPS['1h'], floor(Math.min(horizons.fiveMinutes, marks.known['5m']), HOUR));
  const gone = floor(horizons.hour, HOUR);
  if (gone !== marks.known.gone) await marks.move('gone', gone);
}

const floor = (at: number, width: number): number => Math.floor(at / width) * width;

async function advance(tools: RollupTools, step: Step, target: number): Promise<void> {
  const { marks, isEnough } = tools;
  const reached = () => marks.known[step.to];
  let isGap = reached() === -Infinity;
  while (reached() < target && !isEnough()) {
    const start = isGap ? await firstInstant(tools, step.from, reached(), target) : reached();
    if (start === undefined) {
      await marks.move(step.to, target);
      return;
    }
    const from = Math.max(floor(start, step.spanMs), reached());
    const to = Math.min(floor(from, step.spanMs) + step.spanMs, target);
    isGap = (await rollSpan(tools, step, from, to)) === 0;
    await marks.move(step.to, to);
  }
}

/** The first reading of all, within a time. */
async function firstInstant(
  { server }: RollupTools,
  level: Level,
  from: number,
  to: number,
): Promise<number | undefined> {
  const measurements = await server.measurements(level);
  if (measurements.length === 0) return undefined;
  const when = within(Math.max(from, FIRST_INSTANT), to);
  const statements = measurements.map((name) => `SELECT * FROM ${ident(name)} WHERE ${when} LIMIT 1`);
  const answers = (await server.select(level, statements.join('; '))).flat();
  const instants = answers.flatMap(({ values }) => values.map(([at]) => at as number));
  return instants.length === 0 ? undefined : Math.min(...instants);
}

/** Resolves to how many roll-ups it made. */
async function rollSpan(
  { server, writer, lines }: RollupTools,
  { from: source, to: level, widthMs, columns }: Step,
  from: number,
  to: number,
): Promise<number> {
  let made = 0;
  let waiting: string[] = [];
  for (const measurement of await server.measurements(source)) {
    const statement = `SELECT ${columns.what} FROM ${ident(measurement)} WHERE ${within(from, to)} GROUP BY time(${widthMs}ms), * fill(none)`;
    for await (const series of server.stream(source, statement)) {
      const rows = rollupsOf(series, columns, widthMs);
      made += rows.length;
      for (const line of lines.ofRollups(rows)) waiting.push(line);
      if (waiting.length < CHUNK_LINES) continue;
      await writer.send(level, waiting);
      waiting = [];
    }
  }
  await writer.send(level, waiting);
  return made;
}
