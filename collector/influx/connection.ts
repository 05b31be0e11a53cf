import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { InfluxDB, setLogger } from '@influxdata/influxdb-client';
import { explain, type InfluxError, refusal, retryAfter } from './influx-error.ts';
import type { Level } from './levels.ts';
import { databaseOf, type InfluxOptions } from './options.ts';

/** One series of an InfluxQL answer. */
export interface InfluxSeries {
  name: string;
  tags: Record<string, string>;
  columns: string[];
  values: (number | string | boolean | null)[][];
}

/** More lines than a chunk ever has: the client must never send by itself, for it tells nobody how that went. */
const MORE_THAN_A_CHUNK = 1_000_000;
const STREAM_ROWS = 5_000;

// The client prints failed writes with their stack; we tell them ourselves.
setLogger({ error() {}, warn() {} });

/** The requests an InfluxDB understands, in the form its version wants. What fails rejects with an InfluxError. */
export class InfluxConnection {
  readonly options: InfluxOptions;
  readonly #timeoutMs: number;
  readonly #headers: Record<string, string>;
  readonly #agent: HttpAgent;
  readonly #client: InfluxDB;
  readonly #now: () => number;

  constructor(options: InfluxOptions, now: () => number) {
    this.options = options;
    this.#now = now;
    this.#timeoutMs = (options.timeoutSeconds ?? 10) * 1000;
    this.#headers = authorization(options);
    this.#agent = options.url.startsWith('https:')
      ? new HttpsAgent({ keepAlive: true })
      : new HttpAgent({ keepAlive: true });
    this.#client = new InfluxDB({
      url: options.url,
      timeout: this.#timeoutMs,
      headers: this.#headers,
      transportOptions: { agent: this.#agent },
    });
  }

  /** Resolves when the server has taken the lines, all of them. */
  async write(level: Level, lines: string[]): Promise<void> {
    const { version, org, gzip, retentionPolicy } = this.options;
    const database = databaseOf(this.options, level);
    const api = this.#client.getWriteApi(org ?? '', database, 'ms', {
      batchSize: Math.min(lines.length + 1, MORE_THAN_A_CHUNK),
      maxBatchBytes: Number.MAX_SAFE_INTEGER,
      flushInterval: 0,
      maxRetries: 0,
      ...(gzip === true && { gzipThreshold: 1_000 }),
      ...(gzip !== true && { gzipThreshold: Number.MAX_SAFE_INTEGER }),
    });
    if (version === 1) {
      const to = new URLSearchParams({ db: database, precision: 'ms' });
      if (level === 'raw' && retentionPolicy !== undefined) to.set('rp', retentionPolicy);
      api.path = `/write?${to}`;
    }
    try {
      api.writeRecords(lines);
      await api.flush();
    } catch (error) {
      // A request that timed out is still open, and would be for as long as the server hangs.
      if (!(error instanceof Error && 'statusCode' in error)) this.#agent.destroy();
      throw explain(this.options, error, this.#now());
    }
  }

  /** The answers of one or several statements, in their order. */
  async query(level: Level, statements: string): Promise<InfluxSeries[][]> {
    const answers: InfluxSeries[][] = [];
    for await (const { statement, series } of this.#answer(level, statements, {})) {
      answers[statement] ??= [];
      answers[statement].push(...series);
    }
    return answers;
  }

  /** The series of one statement as they come, the long ones in several parts. */
  async *stream(level: Level, statement: string): AsyncGenerator<InfluxSeries> {
    for await (const part of this.#answer(level, statement, { chunked: 'true', chunk_size: String(STREAM_ROWS) })) {
      yield* part.series;
    }
  }

  /** A request to the server's own interface. Resolves to what it says, as JSON where it is. */
  async call(method: string, path: string, body?: unknown): Promise<unknown> {
    const silence = new Silence(this.#timeoutMs);
    try {
      const response = await fetch(this.#url(path), {
        method,
        headers: { ...this.#headers, 'content-type': 'application/json' },
        signal: silence.signal,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (!response.ok) throw this.#refusal(response, text);
      return text.startsWith('{') ? JSON.parse(text) : undefined;
    } catch (error) {
      throw explain(this.options, error, this.#now());
    } finally {
      silence.end();
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  async *#answer(
    level: Level,
    statements: string,
    more: Record<string, string>,
  ): AsyncGenerator<{ statement: number; series: InfluxSeries[] }> {
    const { org, retentionPolicy } = this.options;
    const silence = new Silence(this.#timeoutMs);
    try {
      const response = await fetch(this.#url('/query'), {
        method: 'POST',
        headers: this.#headers,
        signal: silence.signal,
        body: new URLSearchParams({
          q: statements,
          db: databaseOf(this.options, level),
          epoch: 'ms',
          ...(org !== undefined && { org }),
          ...(level === 'raw' && retentionPolicy !== undefined && { rp: retentionPolicy }),
          ...more,
        }),
      });
      if (!response.ok) throw this.#refusal(response, await response.text());
      for await (const line of linesOf(response, silence)) yield* this.#read(line);
    } catch (error) {
      throw explain(this.options, error, this.#now());
    } finally {
      silence.end();
    }
  }

  *#read(line: string): Generator<{ statement: number; series: InfluxSeries[] }> {
    const { error, results } = JSON.parse(line) as {
      error?: string;
      results?: { statement_id?: number; error?: string; series?: Partial<InfluxSeries>[] }[];
    };
    for (const result of results ?? [{ error: error ?? 'nothing that is an answer' }]) {
      if (result.error !== undefined) throw refusal(this.options, 200, result.error, undefined);
      const series = (result.series ?? []).map(({ name = '', tags = {}, columns = [], values = [] }) => {
        return { name, tags, columns, values };
      });
      yield { statement: result.statement_id ?? 0, series };
    }
  }

  #refusal(response: Response, body: string): InfluxError {
    const pause = retryAfter(response.headers.get('retry-after'), this.#now());
    return refusal(this.options, response.status, body, pause);
  }

  #url = (path: string): string => this.options.url.replace(/\/+$/, '') + path;
}

/** Aborts when nothing was heard for too long while we listened. */
class Silence {
  readonly #abort = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #listening = true;
  readonly signal = this.#abort.signal;

  constructor(timeoutMs: number) {
    this.#timer = setTimeout(() => {
      if (this.#listening) this.#abort.abort(new DOMException('silence', 'TimeoutError'));
    }, timeoutMs);
  }

  listen(): void {
    this.#listening = true;
    this.#timer.refresh();
  }

  /** However long the reader is busy now, the server is not silent meanwhile. */
  pause(): void {
    this.#listening = false;
  }

  end(): void {
    clearTimeout(this.#timer);
    // A body nobody reads to its end would keep its connection.
    this.#abort.abort();
  }
}

/** A chunked answer is one JSON document per line. */
async function* linesOf(response: Response, silence: Silence): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest: string[] = [];
  for await (const bytes of response.body ?? []) {
    silence.pause();
    const parts = decoder.decode(bytes, { stream: true }).split('\n');
    const last = parts.pop() as string;
    for (const part of parts) {
      const line = [...rest, part].join('');
      rest = [];
      if (line !== '') yield line;
    }
    rest.push(last);
    silence.listen();
  }
  silence.pause();
  const line = rest.join('') + decoder.decode();
  if (line.trim() !== '') yield line;
}

function authorization({ version, user, password, token }: InfluxOptions): Record<string, string> {
  if (version === 1) {
    if (user === undefined) return {};
    return { authorization: `Basic ${Buffer.from(`${user}:${password ?? ''}`).toString('base64')}` };
  }
  return { authorization: `Token ${token ?? ''}` };
}
