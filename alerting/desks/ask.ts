import { isWebPage, readBounded, readRetryAfter } from './answer.ts';
import { DeskFailure } from './desk-failure.ts';

/** A hundred long comments with all their forms, or every search option of a desk. */
const MOST_BYTES = 8 * 1024 * 1024;

export interface Question {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  /** Sent as JSON; absent for none. */
  body?: unknown;
  /** Sent as the fields of a form, in the place of `body`. */
  form?: Readonly<Record<string, string>>;
  headers?: Readonly<Record<string, string>>;
  /** Statuses that are answers to it, beside 2xx and 404. */
  accepts?: readonly number[];
  signal: AbortSignal;
}

export interface DeskAnswer {
  status: number;
  headers: Headers;
  /** Parsed; undefined where the answer has no body. */
  json: unknown;
}

/**
 * Asks a desk's API. A 404 is an answer like a 2xx: its caller knows whether that is a fault.
 * @throws DeskFailure `retry` for no answer, 202 (it is put off), 401 (a door that is closed says nothing of the ticket), 408,
 *   429, 5xx and what is not JSON; `refused` for any other status.
 */
export async function askDesk(
  { fetch, now }: { fetch: typeof globalThis.fetch; now: () => number },
  url: string,
  { method, body, form, headers = {}, accepts = [], signal }: Question,
): Promise<DeskAnswer> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method,
      headers: {
        accept: 'application/json',
        'user-agent': 'vigie',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(form && { body: new URLSearchParams(form) }),
      signal,
      redirect: 'manual',
    });
    text = await readBounded(response, MOST_BYTES);
  } catch (error) {
    throw new DeskFailure('retry', signal.aborted ? 'no answer in time' : describeFailure(error));
  }
  const { status } = response;
  const isAccepted = accepts.includes(status);
  if (!isAccepted && (status === 401 || status === 408 || status === 429 || status >= 500)) {
    const why = status === 401 ? ': the desk does not accept our credentials' : '';
    throw new DeskFailure('retry', `HTTP ${status}${why}`, readRetryAfter(response.headers.get('retry-after'), now()));
  }
  // What became of it is found by looking, at the next attempt.
  if (status === 202 && !isAccepted) throw new DeskFailure('retry', 'HTTP 202: the desk has put it off');
  const isTaken = isAccepted || status === 404 || (status >= 200 && status < 300);
  if (!isTaken) {
    const said = messageIn(text);
    throw new DeskFailure('refused', `HTTP ${status}${said === undefined ? '' : `: ${said}`}`);
  }
  if (isWebPage(text)) throw new DeskFailure('retry', `HTTP ${status} with a web page instead of an answer`);
  return { status, headers: response.headers, json: parsed(text, status) };
}

function parsed(text: string, status: number): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new DeskFailure('retry', `HTTP ${status} with an answer that is not JSON`);
  }
}

/** What the desk itself says of its refusal, where it says it in one of the usual places. */
function messageIn(text: string): string | undefined {
  try {
    const answer = JSON.parse(text) as Record<string, unknown> | unknown[];
    if (Array.isArray(answer))
      return (
        answer
          .filter((part) => typeof part === 'string')
          .join(', ')
          .slice(0, 200) || undefined
      );
    const inner = typeof answer.error === 'object' && answer.error !== null ? answer.error : answer;
    const { message, title, detail, error, errorMessage, errorMessages, errors } = inner as Record<string, unknown>;
    const named = typeof errors === 'object' && errors !== null ? Object.values(errors) : [];
    const many = [errorMessages, named].filter((part) => Array.isArray(part)).flat();
    const said = [message, title, detail, error, errorMessage, ...many].filter(
      (value) => typeof value === 'string' && value.trim() !== '',
    );
    return said.length === 0 ? undefined : said.slice(0, 2).join(', ').trim().slice(0, 200);
  } catch {
    return undefined;
  }
}

/** The system's code and no more: messages of the network layer quote addresses. */
export function describeFailure(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return `connection failed (${typeof code === 'string' ? code : 'network error'})`;
}
