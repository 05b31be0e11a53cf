import { InfluxConnection, type InfluxSeries } from './connection.ts';
import { InfluxError } from './influx-error.ts';
import { ident } from './influxql.ts';
import { LEVELS, type Level } from './levels.ts';
import { databaseOf, type InfluxOptions, type KeptDays } from './options.ts';
import { mapBuckets, provision } from './provision.ts';

/** What we keep for ourselves beside the readings: see `marks.ts` and `extras.ts`. */
const OWN_MEASUREMENT = /^vigie_/;

/** A server with our databases on it: made at the first request, and again when somebody took them away. */
export class InfluxServer {
  readonly #connection: InfluxConnection;
  readonly #kept: KeptDays | undefined;
  #ready: Promise<void> | undefined;

  constructor(options: InfluxOptions, kept: KeptDays | undefined, now: () => number) {
    this.#connection = new InfluxConnection(options, now);
    this.#kept = kept;
  }

  get version(): 1 | 2 | 3 {
    return this.#connection.options.version;
  }

  /** Their names. */
  get databases(): string[] {
    return LEVELS.map((level) => databaseOf(this.#connection.options, level));
  }

  write(level: Level, lines: string[]): Promise<void> {
    return this.#there(() => this.#connection.write(level, lines));
  }

  /**
   * The answers of SELECT statements, in their order.
   * @throws InfluxError also when what answers is no InfluxDB: some receivers take its writes and answer any query.
   */
  async select(level: Level, statements: string): Promise<InfluxSeries[][]> {
    const answers = await this.query(level, statements);
    for (const series of answers.flat()) checkColumns(series);
    return answers;
  }

  query(level: Level, statements: string): Promise<InfluxSeries[][]> {
    return this.#there(() => this.#connection.query(level, statements), true);
  }

  /** The series of one SELECT as they come, the long ones in several parts. */
  async *stream(level: Level, statement: string): AsyncGenerator<InfluxSeries> {
    await this.#prepared();
    for await (const series of this.#connection.stream(level, statement)) yield checkColumns(series);
  }

  /** Measurements of the readings. */
  async measurements(level: Level): Promise<string[]> {
    return (await this.allMeasurements(level)).filter((name) => !OWN_MEASUREMENT.test(name));
  }

  allMeasurements(level: Level): Promise<string[]> {
    return this.#list(level, 'SHOW MEASUREMENTS');
  }

  /** Values a tag has, of the series that fit. */
  tagValues(level: Level, tag: string, where = ''): Promise<string[]> {
    return this.#list(level, `SHOW TAG VALUES WITH KEY = ${ident(tag)}${where && ` WHERE ${where}`}`);
  }

  close(): void {
    this.#connection.close();
  }

  async #list(level: Level, statement: string): Promise<string[]> {
    const [series = []] = await this.query(level, statement);
    const names = series.flatMap(({ columns, values }) => {
      const column = Math.max(columns.indexOf('value'), columns.indexOf('name'));
      return values.map((row) => String(row[column]));
    });
    return [...new Set(names)].sort();
  }

  /** Does it; where a database is missing, makes it and does it once more. */
  async #there<T>(task: () => Promise<T>, reads = false): Promise<T> {
    await this.#prepared();
    try {
      return await task();
    } catch (error) {
      if (!(error instanceof InfluxError) || !error.isAbsent) throw error;
      this.#ready = undefined;
      await this.#prepared();
      if (reads) await mapBuckets(this.#connection);
      return await task();
    }
  }

  async #prepared(): Promise<void> {
    this.#ready ??= provision(this.#connection, this.#kept);
    try {
      await this.#ready;
    } catch (error) {
      this.#ready = undefined;
      throw error;
    }
  }
}

function checkColumns(series: InfluxSeries): InfluxSeries {
  if (series.columns[0] === 'time') return series;
  throw new InfluxError('what answers there is not InfluxDB: it takes a query and says something else');
}
