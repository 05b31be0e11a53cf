import { Type } from 'typebox';
import { type CheckContext, definePlugin } from '../check.ts';
import { describeError, errorCode } from '../describe-error.ts';

/** Telegraf's codes. */
const RESULT_CODES = { success: 0, timeout: 1, connection_failed: 2 } as const;
type Result = keyof typeof RESULT_CODES;

/** Whether a TCP port takes connections, and how fast. */
export const plugin = definePlugin({
  type: 'net_response',
  title: { fr: 'Port réseau', en: 'Network port' },
  options: Type.Object(
    {
      server: Type.String({ minLength: 1, maxLength: 253, description: 'Name or address of the host to reach.' }),
      port: Type.Integer({ minimum: 1, maximum: 65_535, description: 'TCP port that must take connections.' }),
    },
    { additionalProperties: false },
  ),
  example: { server: '10.0.0.10', port: 8443 },
  distinguish: ({ server, port }) => `${server}:${port}`,
  create:
    ({ server, port }) =>
    async (ctx) => {
      const started = ctx.monotonicMs();
      const { result, error } = await tryConnect(ctx, server, port);
      const response_time = (ctx.monotonicMs() - started) / 1000;
      return {
        points: [
          {
            m: 'net_response',
            t: { server, port: String(port), protocol: 'tcp', result },
            f: { ...(result === 'success' && { response_time }), result_code: RESULT_CODES[result] },
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

async function tryConnect(
  ctx: CheckContext,
  server: string,
  port: number,
): Promise<{ result: Result; error?: unknown }> {
  try {
    await ctx.connect(server, port);
    return { result: 'success' };
  } catch (error) {
    const isTimeout = ctx.signal.aborted || errorCode(error) === 'ETIMEDOUT';
    return { result: isTimeout ? 'timeout' : 'connection_failed', error };
  }
}

function tell(ctx: CheckContext, server: string, port: number, result: Result, error: unknown): string {
  if (result === 'timeout') {
    return ctx.say({
      fr: `${server}:${port} ne répond pas dans le temps imparti.`,
      en: `${server}:${port} gives no answer in time.`,
    });
  }
  const code = errorCode(error) ?? describeError(error);
  return ctx.say({
    fr: `${server}:${port} refuse la connexion ou est injoignable (${code}).`,
    en: `${server}:${port} refuses the connection or cannot be reached (${code}).`,
  });
}
