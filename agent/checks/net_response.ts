import { Type } from 'typebox';
import { type CheckContext, definePlugin } from '../check.ts';
import { describeError, errorCode } from '../describe-error.ts';

/** Telegraf's codes. */
const RESULT_CODES = { success: 0, timeout: 1, connection_failed: 2, read_failed: 3, string_mismatch: 4 } as const;
type Result = keyof typeof RESULT_CODES;

interface Seen {
  result: Result;
  error?: unknown;
}

/** As much of an answer as is searched. */
const ANSWER_BYTES_MAX = 16 * 1024;

/** Whether a TCP port takes connections, and how fast; and, where asked, whether what it says is as expected. */
export const plugin = definePlugin({
  type: 'net_response',
  title: { fr: 'Port réseau', en: 'Network port' },
  options: Type.Object(
    {
      server: Type.String({
        minLength: 1,
        maxLength: 253,
        description: 'Name or address of the host to reach.',
        fr: 'Nom ou adresse de l’hôte à joindre.',
      }),
      port: Type.Integer({
        minimum: 1,
        maximum: 65_535,
        description: 'TCP port that must take connections.',
        fr: 'Port TCP qui doit accepter les connexions.',
      }),
      send: Type.Optional(
        Type.String({
          maxLength: 4096,
          description: 'Text to send once connected; it goes with `expect`.',
          fr: 'Texte à envoyer une fois connecté\u202f; va avec `expect`.',
        }),
      ),
      expect: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 512,
          format: 'regex',
          description: 'Regular expression that must be found in the first 16 KiB of what it says.',
          fr: 'Expression régulière à trouver dans les 16 premiers Kio de ce qu’il dit.',
        }),
      ),
    },
    { additionalProperties: false, dependentRequired: { send: ['expect'] } },
  ),
  example: { server: '10.0.0.10', port: 8443 },
  distinguish: ({ server, port }) => `${server}:${port}`,
  create:
    ({ server, port, send = '', expect }) =>
    async (ctx) => {
      const started = ctx.monotonicMs();
      const { result, error } = await (expect === undefined
        ? tryConnect(ctx, server, port)
        : tryExchange(ctx, server, port, send, new RegExp(expect)));
      const response_time = (ctx.monotonicMs() - started) / 1000;
      return {
        points: [
          {
            m: 'net_response',
            t: { server, port: String(port), protocol: 'tcp', result },
            f: {
              ...(result === 'success' && { response_time }),
              ...(expect !== undefined && { string_found: result === 'success' ? 1 : 0 }),
              result_code: RESULT_CODES[result],
            },
          },
        ],
        statuses: [
          result === 'success'
            ? { check: ctx.name, status: 'ok' }
            : { check: ctx.name, status: 'critical', text: tell(ctx, server, port, result, error) },
        ],
      };
    },
});

async function tryConnect(ctx: CheckContext, server: string, port: number): Promise<Seen> {
  try {
    await ctx.connect(server, port);
    return { result: 'success' };
  } catch (error) {
    return { result: failureOf(ctx, error), error };
  }
}

async function tryExchange(
  ctx: CheckContext,
  server: string,
  port: number,
  send: string,
  expect: RegExp,
): Promise<Seen> {
  try {
    const { isWhole } = await ctx.exchange(server, port, {
      send,
      until: (received) => expect.test(Buffer.from(received).toString('utf8')),
      maxBytes: ANSWER_BYTES_MAX,
    });
    return { result: isWhole ? 'success' : 'string_mismatch' };
  } catch (error) {
    return { result: errorCode(error) === 'ECONNRESET' ? 'read_failed' : failureOf(ctx, error), error };
  }
}

const failureOf = (ctx: CheckContext, error: unknown): Result =>
  ctx.signal.aborted || errorCode(error) === 'ETIMEDOUT' ? 'timeout' : 'connection_failed';

function tell(ctx: CheckContext, server: string, port: number, result: Result, error: unknown): string {
  if (result === 'timeout') {
    return ctx.say({
      fr: `${server}:${port} ne répond pas dans le temps imparti.`,
      en: `${server}:${port} gives no answer in time.`,
    });
  }
  if (result === 'string_mismatch') {
    return ctx.say({
      fr: `La réponse de ${server}:${port} ne contient pas le texte attendu.`,
      en: `The answer of ${server}:${port} lacks the expected text.`,
    });
  }
  const code = errorCode(error) ?? describeError(error);
  if (result === 'read_failed') {
    return ctx.say({
      fr: `${server}:${port} a rompu la connexion (${code}).`,
      en: `${server}:${port} broke the connection off (${code}).`,
    });
  }
  return ctx.say({
    fr: `${server}:${port} refuse la connexion ou est injoignable (${code}).`,
    en: `${server}:${port} refuses the connection or cannot be reached (${code}).`,
  });
}
