import { Type } from 'typebox';
import type { Point } from '../../protocol/messages.ts';
import { type CheckContext, definePlugin } from '../check.ts';
import { errorCode } from '../describe-error.ts';
import type { PingOutput } from '../parsers/ping-output.ts';
import { HOST_PATTERN, ping } from '../platform/ping.ts';

/** Telegraf's codes. */
const RESULT_CODES = { success: 0, no_such_host: 1, ping_failed: 2 } as const;

/** Whether hosts answer to echoes: loss, round trips and how much they vary. */
export const plugin = definePlugin({
  type: 'ping',
  title: { fr: 'Ping', en: 'Ping' },
  options: Type.Object(
    {
      hosts: Type.Array(Type.String({ pattern: HOST_PATTERN, maxLength: 253 }), {
        minItems: 1,
        maxItems: 16,
        uniqueItems: true,
        description: 'Names or addresses to ping, all at the same time.',
        fr: 'Noms ou adresses à interroger, tous en même temps.',
      }),
      count: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: 20,
          default: 3,
          description: 'Echoes asked of each, one per second; the check’s timeoutMs must leave them time.',
          fr: 'Échos demandés à chacun, un par seconde\u202f; `timeoutMs` doit leur en laisser le temps.',
        }),
      ),
      waitMs: Type.Optional(
        Type.Integer({
          minimum: 100,
          maximum: 10_000,
          default: 1000,
          description: 'Milliseconds to wait for an echo; Linux counts in whole seconds.',
          fr: 'Millisecondes d’attente d’un écho\u202f; Linux compte en secondes entières.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  example: { hosts: ['10.0.0.1', 'pos.example.net'], count: 3 },
  distinguish: ({ hosts }) => hosts.join(',').slice(0, 100),
  create:
    ({ hosts, count = 3, waitMs = 1000 }) =>
    async (ctx) => {
      const seen = await Promise.all(hosts.map((host) => pingOne(ctx, host, count, waitMs)));
      const silent = seen.filter(({ point }) => point.f.percent_packet_loss === 100).map(({ host }) => host);
      const unable = seen.find(({ failure }) => failure !== undefined)?.failure;
      const points = seen.map(({ point }) => point);
      if (unable !== undefined) {
        return { points, statuses: [{ check: ctx.name, status: 'unknown', text: tellUnable(ctx, unable) }] };
      }
      return {
        points,
        statuses: [
          silent.length === 0
            ? { check: ctx.name, status: 'ok' }
            : { check: ctx.name, status: 'critical', text: tellSilent(ctx, silent) },
        ],
      };
    },
});

interface Seen {
  host: string;
  point: Point;
  /** Why nothing could be learnt: ping itself did not run. */
  failure?: string;
}

async function pingOne(ctx: CheckContext, url: string, count: number, waitMs: number): Promise<Seen> {
  try {
    const output = await ping(ctx, url, count, waitMs);
    if (output.isUnknownHost) return { host: url, point: toPoint(url, 'no_such_host', { percent_packet_loss: 100 }) };
    if (output.sent === 0) return { host: url, point: toPoint(url, 'ping_failed', {}), failure: 'ping' };
    return { host: url, point: toPoint(url, 'success', measure(output)) };
  } catch (error) {
    // Its time was up while it still waited for an echo.
    if (ctx.signal.aborted) return { host: url, point: toPoint(url, 'ping_failed', { percent_packet_loss: 100 }) };
    return { host: url, point: toPoint(url, 'ping_failed', {}), failure: errorCode(error) ?? 'ping' };
  }
}

const toPoint = (url: string, result: keyof typeof RESULT_CODES, f: Record<string, number>): Point => ({
  m: 'ping',
  t: { url },
  f: { ...f, result_code: RESULT_CODES[result] },
});

function measure({ sent, roundTrips, ttl }: PingOutput): Record<string, number> {
  const received = roundTrips.length;
  const counts = {
    packets_transmitted: sent,
    packets_received: received,
    percent_packet_loss: (Math.max(sent - received, 0) / sent) * 100,
  };
  if (received === 0) return counts;
  const average = mean(roundTrips);
  const steps = roundTrips.slice(1).map((time, at) => Math.abs(time - (roundTrips[at] as number)));
  return {
    ...counts,
    ...(ttl !== undefined && { ttl }),
    minimum_response_ms: Math.min(...roundTrips),
    average_response_ms: average,
    maximum_response_ms: Math.max(...roundTrips),
    standard_deviation_ms: Math.sqrt(mean(roundTrips.map((time) => (time - average) ** 2))),
    // From one echo to the next, as RTP counts it.
    ...(steps.length > 0 && { jitter_ms: mean(steps) }),
  };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function tellSilent(ctx: CheckContext, silent: readonly string[]): string {
  const hosts = silent.join(', ');
  return silent.length === 1
    ? ctx.say({ fr: `${hosts} ne répond pas au ping.`, en: `${hosts} does not answer to ping.` }).slice(0, 512)
    : ctx.say({ fr: `Ne répondent pas au ping\u202f: ${hosts}.`, en: `No answer to ping: ${hosts}.` }).slice(0, 512);
}

const tellUnable = (ctx: CheckContext, failure: string): string =>
  ctx.say({
    fr: `Le programme ping n’a rien donné (${failure})\u202f: est-il installé et permis à cet utilisateur\u202f?`,
    en: `The ping program gave nothing (${failure}): is it installed, and may this user run it?`,
  });
