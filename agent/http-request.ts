import type { CheckContext } from './check.ts';
import { redactUrls } from './describe-error.ts';

/** As much of an answer as is read and searched, unless a check asks for less or more. */
const BODY_BYTES_MAX = 1024 * 1024;

export interface HttpQuestion {
  method?: 'GET' | 'HEAD' | 'POST';
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** 0, the default: a redirection is itself the answer. */
  maxRedirects?: number;
  maxBytes?: number;
}

export interface Answer {
  status: number;
  /** The beginning of the body, at most `maxBytes` of it. */
  text: string;
  /** Bytes read of it; absent when the body broke off. */
  length?: number;
  isCut: boolean;
  redirects: number;
  /** Until the headers of the last answer were there. */
  firstByteMs: number;
  totalMs: number;
  /** Why the body broke off. */
  bodyError?: unknown;
}

/**
 * Asks over HTTP. Redirections are followed here and not by `fetch`, so that they are counted, and so that what was meant
 * for one server (headers, credentials, a body) is not handed to another. Rejects when there is no answer.
 */
export async function request(ctx: CheckContext, address: string, question: HttpQuestion = {}): Promise<Answer> {
  const { maxRedirects = 0, maxBytes = BODY_BYTES_MAX } = question;
  const started = ctx.monotonicMs();
  let { href, authorization } = withoutCredentials(address);
  let method = question.method ?? 'GET';
  let { body } = question;
  let headers: Record<string, string> = { ...authorization, ...question.headers };
  for (let redirects = 0; ; redirects++) {
    const response = await ctx.fetch(href, {
      method,
      headers,
      redirect: 'manual',
      ...(body !== undefined && { body }),
    });
    const firstByteMs = ctx.monotonicMs() - started;
    const target = redirects < maxRedirects ? targetOf(response, href) : undefined;
    if (target === undefined) {
      const read = await readBody(response, maxBytes);
      return { status: response.status, ...read, redirects, firstByteMs, totalMs: ctx.monotonicMs() - started };
    }
    await response.body?.cancel();
    if (new URL(target).origin !== new URL(href).origin) headers = {};
    // As browsers do: only 307 and 308 keep how it was asked.
    if (response.status < 307 && method === 'POST') {
      method = 'GET';
      body = undefined;
    }
    ({ href, authorization } = withoutCredentials(target));
    headers = { ...headers, ...authorization };
  }
}

const REDIRECTIONS = new Set([301, 302, 303, 307, 308]);

function targetOf(response: Response, from: string): string | undefined {
  const location = response.headers.get('location');
  if (!REDIRECTIONS.has(response.status) || location === null || !URL.canParse(location, from)) return undefined;
  const target = new URL(location, from);
  return target.protocol === 'http:' || target.protocol === 'https:' ? target.href : undefined;
}

async function readBody(
  response: Response,
  maxBytes: number,
): Promise<Pick<Answer, 'text' | 'length' | 'isCut' | 'bodyError'>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of response.body ?? []) {
      chunks.push(chunk.subarray(0, maxBytes - length));
      length += chunk.byteLength;
      // Leaving the loop cancels the rest.
      if (length >= maxBytes) break;
    }
  } catch (bodyError) {
    return { text: '', isCut: true, bodyError };
  }
  return {
    text: Buffer.concat(chunks).toString('utf8'),
    length: Math.min(length, maxBytes),
    isCut: length >= maxBytes,
  };
}

const HEADER = /^([A-Za-z0-9-]{1,64}):[ \t]*([\x20-\x7e]{0,4096})$/;

/** Headers kept in a file, one per line; empty lines and those that begin with # are left out. Never says what is in it. */
export async function readHeaders(ctx: CheckContext, path: string): Promise<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const [at, line] of (await ctx.readText(path)).split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [, name, value] = HEADER.exec(line.trimEnd()) ?? [];
    if (name === undefined || value === undefined) throw new Error(`${path}: line ${at + 1} is not “Name: value”`);
    headers[name] = value;
  }
  return headers;
}

/** fetch refuses an address with a password in it: it goes where it belongs. */
function withoutCredentials(address: string): { href: string; authorization: Record<string, string> } {
  const url = new URL(address);
  const { username, password } = url;
  if (username === '' && password === '') return { href: url.href, authorization: {} };
  url.username = '';
  url.password = '';
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { href: url.href, authorization: { Authorization: `Basic ${Buffer.from(pair).toString('base64')}` } };
}

/** What may be shown of an address: no credentials, and no query, where keys often stand. */
export const publicUrl = (address: string): string => redactUrls(address).replace(/[?#].*$/, '');
