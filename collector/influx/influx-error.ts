import { HttpError } from '@influxdata/influxdb-client';
import type { InfluxOptions } from './options.ts';

/** InfluxDB did not do what was asked. The message is a plain sentence, without secrets. */
export class InfluxError extends Error {
  override name = 'InfluxError';
  /** The HTTP status; undefined when no answer came. */
  readonly status: number | undefined;
  /** How long the server asks us to leave it alone, milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** What the server said, as text. */
  readonly body: string;

  constructor(message: string, more: { status?: number; retryAfterMs?: number; body?: string; cause?: unknown } = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.status = more.status;
    this.retryAfterMs = more.retryAfterMs;
    this.body = more.body ?? '';
  }

  /** The database or bucket is not there, or the server does not know such a path. */
  get isAbsent(): boolean {
    return this.status === 404 || /database not found|bucket .*not found|dbrp mapping/i.test(this.message);
  }

  /** The server is well and will never take this: there is no use in sending it again. */
  get isRefusal(): boolean {
    return this.status === 400 || this.status === 422;
  }
}

const MESSAGE_LENGTH = 300;

/** Names what a failed request came to; errors of another kind become one without status. */
export function explain(options: InfluxOptions, error: unknown, now: number): InfluxError {
  if (error instanceof InfluxError) return error;
  if (error instanceof HttpError) {
    // The client takes the header's seconds for milliseconds.
    const pause = retryAfter(error.headers?.['retry-after'], now);
    return refusal(options, error.statusCode, error.body ?? error.message, pause);
  }
  const { name, message, cause } = error as Error;
  const why = cause instanceof Error ? cause.message || (cause as NodeJS.ErrnoException).code : message;
  const sentence = name === 'TimeoutError' || name === 'RequestTimedOutError' ? 'it did not answer in time' : why;
  return new InfluxError(withoutSecrets(options, `no answer from ${options.url}: ${sentence || name}`));
}

/** An answer that is not a good one. `retryAfterMs` of 0 says nothing. */
export function refusal(
  options: InfluxOptions,
  status: number,
  body: string,
  retryAfterMs: number | undefined,
): InfluxError {
  const said = withoutSecrets(options, messageOf(body)).slice(0, MESSAGE_LENGTH);
  const hint =
    status === 401 || status === 403
      ? '; check its user or token'
      : status === 404 && !/not found/i.test(said.replace('404 page not found', ''))
        ? '; check its version and address'
        : '';
  const did = status === 200 ? 'refused a query' : `answered ${status}`;
  return new InfluxError(`${options.url} ${did}: ${said}${hint}`, {
    status,
    body: withoutSecrets(options, body),
    ...(retryAfterMs !== undefined && retryAfterMs > 0 && { retryAfterMs }),
  });
}

/** A header `Retry-After`, seconds or a date, as milliseconds from `now`. */
export function retryAfter(header: string | string[] | null | undefined, now: number): number | undefined {
  if (typeof header !== 'string') return undefined;
  const pause = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(pause) ? pause : undefined;
}

/** Versions 1 and 3 say `error`, version 2 `message`. */
function messageOf(body: string): string {
  try {
    const { error, message } = JSON.parse(body) as { error?: unknown; message?: unknown };
    return String(message ?? error ?? body);
  } catch {
    return body.trim();
  }
}

function withoutSecrets({ token, password }: InfluxOptions, text: string): string {
  return [token, password].reduce<string>((clean, secret) => (secret ? clean.replaceAll(secret, '***') : clean), text);
}
