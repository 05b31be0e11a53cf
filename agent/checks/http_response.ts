import { Type } from 'typebox';
import { type CheckContext, definePlugin } from '../check.ts';
import { describeError, errorCode } from '../describe-error.ts';
import { type Answer, publicUrl, readHeaders, request } from '../http-request.ts';
import { numberAt } from '../parsers/json-path.ts';

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

interface Seen extends Partial<Answer> {
  result: Result;
  /** The number at `jsonPath`, where one stands there. */
  value?: number;
  error?: unknown;
}

const options = Type.Object(
  {
    url: Type.String({
      pattern: '^https?://[^\\s]+$',
      maxLength: 1024,
      format: 'url',
      description: 'Address to ask, `http://` or `https://`.',
      fr: 'Adresse à interroger, `http://` ou `https://`.',
    }),
    method: Type.Optional(
      Type.Union([Type.Literal('GET'), Type.Literal('HEAD'), Type.Literal('POST')], {
        default: 'GET',
        description: 'How to ask.',
        fr: 'Méthode de la requête.',
      }),
    ),
    headers: Type.Optional(
      Type.Record(Type.String({ pattern: '^[A-Za-z0-9-]{1,64}$' }), Type.String({ maxLength: 1024 }), {
        description: 'Headers to send; they are never written to a log or a report.',
        fr: 'En-têtes à envoyer\u202f; ils ne figurent jamais dans un journal ni un rapport.',
      }),
    ),
    headersFile: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 4096,
        description: 'File with more headers, one `Name: value` per line, for keys and tokens; read anew for each run.',
        fr: 'Fichier d’autres en-têtes, un `Nom: valeur` par ligne, pour les clés et jetons\u202f; relu à chaque passage.',
      }),
    ),
    body: Type.Optional(
      Type.String({ maxLength: 65_536, description: 'What a POST sends.', fr: 'Ce qu’envoie un POST.' }),
    ),
    status: Type.Optional(
      Type.Integer({
        minimum: 100,
        maximum: 599,
        description: 'The only status that is well; without it any below 400.',
        fr: 'Seul code jugé bon\u202f; sans lui, tout code inférieur à 400.',
      }),
    ),
    match: Type.Optional(
      Type.String({
        maxLength: 512,
        format: 'regex',
        description: 'Regular expression that must be found in the first megabyte of the answer.',
        fr: 'Expression régulière à trouver dans le premier mégaoctet de la réponse.',
      }),
    ),
    jsonPath: Type.Optional(
      Type.String({
        pattern: '^[^.\\s]+(\\.[^.\\s]+)*$',
        maxLength: 256,
        description:
          'Where a number or true/false stands in an answer in JSON, e.g. `queue.0.length`: becomes `value`.',
        fr: 'Emplacement d’un nombre ou d’un vrai/faux dans une réponse JSON, par exemple `queue.0.length`\u202f: devient `value`.',
      }),
    ),
    followRedirects: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'Whether a redirection is followed or is itself the answer.',
        fr: 'Suivre une redirection, ou la prendre pour la réponse.',
      }),
    ),
    maxRedirects: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 10,
        default: 5,
        description: 'Redirections to follow at most.',
        fr: 'Redirections à suivre au plus.',
      }),
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
      const seen = await ask(ctx, wanted);
      const { result, status, length, value } = seen;
      return {
        points: [
          {
            m: 'http_response',
            t: { server, method, result },
            f: {
              result_code: RESULT_CODES[result],
              ...(status !== undefined && {
                response_time: (seen.totalMs ?? 0) / 1000,
                first_byte_time: (seen.firstByteMs ?? 0) / 1000,
                http_response_code: status,
              }),
              ...(wanted.followRedirects && seen.redirects !== undefined && { redirects: seen.redirects }),
              ...(length !== undefined && { content_length: length }),
              ...(value !== undefined && { value }),
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
  const headers = { ...wanted.headers, ...(wanted.headersFile && (await readHeaders(ctx, wanted.headersFile))) };
  let answer: Answer;
  try {
    answer = await request(ctx, wanted.url, {
      method: wanted.method ?? 'GET',
      headers,
      maxRedirects: wanted.followRedirects ? (wanted.maxRedirects ?? 5) : 0,
      ...(wanted.body !== undefined && { body: wanted.body }),
    });
  } catch (error) {
    return { result: failureOf(ctx, error), error };
  }
  const { status, text, bodyError } = answer;
  if (bodyError !== undefined) return { ...answer, result: ctx.signal.aborted ? 'timeout' : 'body_read_error' };
  const isRightStatus = wanted.status === undefined ? status < 400 : status === wanted.status;
  if (!isRightStatus) return { ...answer, result: 'response_status_code_mismatch' };
  const isRightBody = wanted.match === undefined || new RegExp(wanted.match).test(text);
  const value = wanted.jsonPath === undefined ? undefined : numberAt(text, wanted.jsonPath);
  const isValueThere = wanted.jsonPath === undefined || value !== undefined;
  return {
    ...answer,
    result: isRightBody && isValueThere ? 'success' : 'response_string_mismatch',
    ...(value !== undefined && { value }),
  };
}

function failureOf(ctx: CheckContext, error: unknown): Result {
  const code = errorCode(error) ?? '';
  if (ctx.signal.aborted || code === 'ETIMEDOUT' || code.endsWith('_TIMEOUT')) return 'timeout';
  return code === 'ENOTFOUND' || code === 'EAI_AGAIN' ? 'dns_error' : 'connection_failed';
}

function tell(ctx: CheckContext, server: string, { result, status, error, bodyError }: Seen): string {
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
      const code = errorCode(error ?? bodyError) ?? describeError(error ?? bodyError);
      return ctx.say({ fr: `${server} est injoignable (${code}).`, en: `${server} cannot be reached (${code}).` });
    }
  }
}
