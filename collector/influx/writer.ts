import type { InfluxError } from './influx-error.ts';
import type { Level } from './levels.ts';
import type { InfluxServer } from './server.ts';

/** Lines per request. */
export const CHUNK_LINES = 5_000;
/** Requests spent on finding the bad lines of one chunk; what is still in doubt then is refused with them. */
const SEARCH_REQUESTS = 64;

/** The kinds of refusal servers are known to name; told instead of their sentences, which quote what was sent. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/field type conflict|column .* type/i, 'field type conflict'],
  [/retention policy|retention period/i, 'older than the server keeps'],
  [/max-values-per-tag/i, 'too many values of a tag'],
  [/max-series/i, 'too many series'],
  [/time outside range/i, 'time out of range'],
  [/unable to parse|invalid|parse/i, 'not understood'],
];

export interface WriterOptions {
  server: InfluxServer;
  now: () => number;
  /** Told of points the server will never take. */
  onRefused: (points: number, reason: string, said: string) => void;
}

/**
 * Sends lines, and sorts out what is refused: what the server will never take is counted and left, so that it does not
 * hold up the rest for ever. Anything else that goes wrong rejects, and is to be sent again.
 */
export class Writer {
  readonly #options: WriterOptions;
  /** Points refused since the start, by reason. */
  readonly refused: Record<string, number> = {};
  /** Points taken since the start. */
  sent = 0;
  #most = CHUNK_LINES;

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  /** One request at a time, so that of two values for one instant the later stays. */
  async send(level: Level, lines: string[]): Promise<void> {
    for (let at = 0; at < lines.length; ) {
      const chunk = lines.slice(at, at + this.#most);
      at += chunk.length;
      await this.#send(level, chunk, { requests: SEARCH_REQUESTS, isServerSane: false });
    }
  }

  /** A point that is not even sent. */
  refuse(points: number, reason: string, said = reason): void {
    this.refused[reason] = (this.refused[reason] ?? 0) + points;
    this.#options.onRefused(points, reason, said);
  }

  async #send(level: Level, lines: string[], search: Search): Promise<void> {
    try {
      await this.#options.server.write(level, lines);
      this.sent += lines.length;
      search.isServerSane = true;
    } catch (error) {
      const fault = error as InfluxError;
      if (fault.status === 413) await this.#sendSmaller(level, lines, search, fault);
      else if (!fault.isRefusal) throw error;
      else if (isPartial(fault)) this.#note(droppedOf(fault), fault);
      else await this.#search(level, lines, search, fault);
    }
  }

  async #sendSmaller(level: Level, lines: string[], search: Search, fault: InfluxError): Promise<void> {
    if (lines.length === 1) {
      this.refuse(1, 'too large', fault.message);
      return;
    }
    this.#most = Math.min(this.#most, Math.ceil(lines.length / 2));
    await this.#halves(level, lines, search);
  }

  /** Nothing of these was taken: halves them until the bad ones stand alone. */
  async #search(level: Level, lines: string[], search: Search, fault: InfluxError): Promise<void> {
    if (lines.length > 1 && search.requests > 0) {
      await this.#halves(level, lines, search);
      return;
    }
    if (!search.isServerSane) {
      // A server, or what stands before it, that refuses everything would otherwise have us throw everything away.
      await this.#options.server.write(level, [`vigie_marks,level=probe until=0 ${this.#options.now()}`]);
      search.isServerSane = true;
    }
    this.#note(lines.length, fault);
  }

  async #halves(level: Level, lines: string[], search: Search): Promise<void> {
    search.requests -= 2;
    const middle = Math.ceil(lines.length / 2);
    await this.#send(level, lines.slice(0, middle), search);
    await this.#send(level, lines.slice(middle), search);
  }

  #note(points: number, { message, body }: InfluxError): void {
    const reason = REASONS.find(([pattern]) => pattern.test(body))?.[1] ?? 'refused';
    this.refuse(points, reason, message);
  }
}

interface Search {
  requests: number;
  /** It has taken something just now. */
  isServerSane: boolean;
}

const isPartial = ({ body }: InfluxError): boolean => /partial write/i.test(body);

/**
 * How many lines of a partly refused chunk were left out. Version 1 counts those it could not place (`dropped=`) and names
 * each that it could not read; version 3 lists them.
 */
function droppedOf({ body }: InfluxError): number {
  const placed = [...body.matchAll(/dropped=(\d+)/g)].reduce((sum, [, count]) => sum + Number(count), 0);
  const unread = body.match(/unable to parse/g)?.length ?? 0;
  try {
    const { data } = JSON.parse(body) as { data?: unknown };
    if (Array.isArray(data)) return data.length;
  } catch {
    // Version 1 and 2 say it in a sentence.
  }
  return Math.max(placed + unread, 1);
}
