import { Type } from 'typebox';
import { type CheckContext, definePlugin } from '../check.ts';
import { describeError, errorCode, redactUrls } from '../describe-error.ts';

/** Telegraf's codes. */
const RESULT_CODES = {
  success: 0,
  response_string_mismatch: 1,
  body_read_error: 2,
  connection_failed: 3,
  timeout: 4,
  dns_error: 5,
  response_status_code_mismatch: 6,
} as const;
type Result = keyof typeof RESULT_CODES;

interface Seen {
  result: Result;
  status?: number;
  length?: number;
  error?: unknown;
}

/** As much of an answer as is read and searched. */
const BODY_BYTES_MAX = 1024 * 1024;

const options = Type.Object(
  {
    url: Type.String({
      pattern: '^https?://[^\\s]+$',
      maxLength: 1024,
      format: 'url',
      description: 'Address to ask, `http://` or `https://`.',
    }),
    method: Type.Optional(
      Type.Union(
        (['GET', 'HEAD', 'POST'] as const).map((method) => Type.Literal(method)),
        {
          default: 'GET',
          description: 'How to ask.',
        },
      ),
    ),
    headers: Type.Optional(
      Type.Record(Type.String({ pattern: '^[A-Za-z0-9-]{1,64}$' }), Type.String({ maxLength: 1024 }), {
        description: 'Headers to send; they are never written to a log or a report.',
      }),
    ),
    body: Type.Optional(Type.String({ maxLength: 65_536, description: 'What a POST sends.' })),
    status: Type.Optional(
      Type.Integer({
        minimum: 100,
        maximum: 599,
        description: 'The only status that is well; without it any below 400.',
      }),
    ),
    match: Type.Optional(
      Type.String({
        maxLength: 512,
        format: 'regex',
        description: 'Regular expression that must be found in the first megabyte of the answer.',
      }),
    ),
    followRedirects: Type.Optional(
      Type.Boolean({ default: false, description: 'Whether a redirection is followed or is itself the answer.' }),
    ),
  },
  { additionalProperties: false },
);

/** Whether an address answers over HTTP as it should, and how fast. */
export const plugin = definePlugin({
  type: 'http_response',
  title: { fr: 'Réponse HTTP', en: 'HTTP response' },
  options,
  example: { url: 'http://10.0.0.10:8080/health', status: 200, match: '"status":"UP"' },
  distinguish: ({ url, method = 'GET' }) => `${method === 'GET' ? '' : `${method}:`}${publicUrl(url)}`.slice(0, 100),
  create: (wanted) => {
    const { method = 'GET' } = wanted;
    const server = publicUrl(wanted.url).slice(0, 256);
    return async (ctx) => {
      const started = ctx.monotonicMs();
      const seen = await ask(ctx, wanted);
      const { result, status, length } = seen;
      return {
        points: [
          {
            m: 'http_response',
            t: { server, method, result },
            f: {
              result_code: RESULT_CODES[result],
              ...(status !== undefined && {
                response_time: (ctx.monotonicMs() - started) / 1000,
                http_response_code: status,
              }),
              ...(length !== undefined && { content_length: length }),
            },
          },
        ],
        statuses: [
          result === 'success'
            ? { check: ctx.name, status: 'ok' }
            : { check: ctx.name, status: 'critical', text: tell(ctx, server, seen).slice(0, 512) },
        ],
      };
    };
  },
});

type Wanted = Parameters<(typeof plugin)['create']>[0];

async function ask(ctx: CheckContext, wanted: Wanted): Promise<Seen> {
  let response: Response;
  try {
    const { href, authorization } = withoutCredentials(wanted.url);
    response = await ctx.fetch(href, {
      method: wanted.method ?? 'GET',
      headers: { ...authorization, ...wanted.headers },
      redirect: wanted.followRedirects ? 'follow' : 'manual',
      ...(wanted.body !== undefined && { body: wanted.body }),
    });
  } catch (error) {
    return { result: failureOf(ctx, error), error };
  }
  const { status } = response;
  let text: string;
  let length: number;
  try {
    ({ text, length } = await readBody(response));
  } catch (error) {
    return { result: ctx.signal.aborted ? 'timeout' : 'body_read_error', status, error };
  }
  const isRightStatus = wanted.status === undefined ? status < 400 : status === wanted.status;
  if (!isRightStatus) return { result: 'response_status_code_mismatch', status, length };
  const isRightBody = wanted.match === undefined || new RegExp(wanted.match).test(text);
  return { result: isRightBody ? 'success' : 'response_string_mismatch', status, length };
}

function failureOf(ctx: CheckContext, error: unknown): Result {
  const code = errorCode(error) ?? '';
  if (ctx.signal.aborted || code === 'ETIMEDOUT' || code.endsWith('_TIMEOUT')) return 'timeout';
  return code === 'ENOTFOUND' || code === 'EAI_AGAIN' ? 'dns_error' : 'connection_failed';
}

async function readBody(response: Response): Promise<{ text: string; length: number }> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    length += chunk.byteLength;
    // Leaving the loop cancels the rest.
    if (length >= BODY_BYTES_MAX) break;
  }
  return { text: Buffer.concat(chunks).toString('utf8'), length };
}

function tell(ctx: CheckContext, server: string, { result, status, error }: Seen): string {
  switch (result) {
    case 'response_status_code_mismatch':
      return ctx.say({ fr: `${server} répond ${status}.`, en: `${server} answers ${status}.` });
    case 'response_string_mismatch':
      return ctx.say({
        fr: `La réponse de ${server} ne contient pas le texte attendu.`,
        en: `The answer of ${server} lacks the expected text.`,
      });
    case 'timeout':
      return ctx.say({
        fr: `${server} ne répond pas dans le temps imparti.`,
        en: `${server} gives no answer in time.`,
      });
    case 'dns_error':
      return ctx.say({ fr: `Le nom de ${server} est introuvable.`, en: `The name of ${server} cannot be resolved.` });
    default: {
      const code = errorCode(error) ?? describeError(error);
      return ctx.say({ fr: `${server} est injoignable (${code}).`, en: `${server} cannot be reached (${code}).` });
    }
  }
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
const publicUrl = (address: string): string => redactUrls(address).replace(/[?#].*$/, '');
