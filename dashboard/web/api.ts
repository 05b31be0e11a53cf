import { locale } from './state/prefs.ts';

/** Where a value is wrong, in the reader's language. */
export interface Detail {
  path: string;
  message: string;
}

/** What went wrong with a request, as the page tells it: `status` is 0 when no answer came. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: readonly Detail[];
  constructor(status: number, code: string, message: string, details: readonly Detail[] = []) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

const TIMEOUT_MS = 10_000;

/**
 * Asks the server and reads its JSON; `undefined` for an empty answer. Gives up after ten seconds.
 * @throws ApiError when there is no answer, or one that says no.
 */
export async function request<T>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        // The wall is asked for by index.html already, before anyone knows the language; it has no words either.
        ...(path !== apiPath('wall') && { 'accept-language': locale.peek() }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  } catch (cause) {
    throw new ApiError(0, 'unreachable', cause instanceof Error ? cause.message : String(cause));
  }
  const text = await response.text().catch(() => '');
  if (!response.ok) throw readError(response.status, text);
  try {
    return (text === '' ? undefined : JSON.parse(text)) as T;
  } catch {
    throw new ApiError(response.status, 'not-json', path);
  }
}

function readError(status: number, text: string): ApiError {
  try {
    const { error } = JSON.parse(text) as { error: { code: string; message: string; details?: Detail[] } };
    return new ApiError(status, error.code, error.message, error.details);
  } catch {
    return new ApiError(status, 'unexpected', `HTTP ${status}`);
  }
}

/** Part of a path, kept one segment whatever it holds. */
const segment = (part: string | number): string => encodeURIComponent(String(part));

/** `/api/v1/…` from its segments. */
export const apiPath = (...parts: (string | number)[]): string => `/api/v1/${parts.map(segment).join('/')}`;
