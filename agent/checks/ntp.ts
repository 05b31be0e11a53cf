import { randomBytes } from 'node:crypto';
import { Type } from 'typebox';
import { type CheckContext, definePlugin } from '../check.ts';
import { describeError, errorCode } from '../describe-error.ts';
import { readSntpAnswer, type SntpReading, type SntpRefusal, sntpQuestion } from '../platform/sntp.ts';
import type { Words } from '../words.ts';

type Outcome = SntpReading | SntpRefusal | { refused: 'silent'; why: string };

/** How far this host's clock is from a time server's. How far is too far is for a rule to say. */
export const plugin = definePlugin({
  type: 'ntp',
  title: { fr: 'Écart d’horloge', en: 'Clock offset' },
  options: Type.Object(
    {
      server: Type.String({
        minLength: 1,
        maxLength: 253,
        description:
          'Name or address of the time server: the store’s router or server, rather than one of the internet.',
        fr: 'Nom ou adresse du serveur de temps\u202f: le routeur ou le serveur du magasin plutôt qu’un serveur d’internet.',
      }),
      port: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: 65_535,
          default: 123,
          description: 'UDP port of the server.',
          fr: 'Port UDP du serveur.',
        }),
      ),
      samples: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: 8,
          default: 2,
          description: 'Questions asked each time; the answer that was fastest on its way counts.',
          fr: 'Nombre de questions posées à chaque fois\u202f; la réponse la plus rapide compte.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  example: { server: '10.0.0.1' },
  distinguish: ({ server, port = 123 }) => (port === 123 ? server : `${server}:${port}`),
  create:
    ({ server, port = 123, samples = 2 }) =>
    async (ctx) => {
      let best: Outcome | undefined;
      for (let asked = 0; asked < samples; asked += 1) {
        const outcome = await ask(ctx, server, port);
        if ('refused' in outcome) {
          best ??= outcome;
          break;
        }
        if (!best || 'refused' in best || outcome.delayMs < best.delayMs) best = outcome;
      }
      if (!best || 'refused' in best) {
        const text = ctx.say(tell(server, best ?? { refused: 'malformed' })).slice(0, 512);
        return { points: [], statuses: [{ check: ctx.name, status: 'warning', text }] };
      }
      const { offsetMs, delayMs, stratum } = best;
      return {
        points: [
          {
            m: 'ntp',
            t: { server },
            f: { offset: offsetMs, offset_abs: Math.abs(offsetMs), delay: delayMs, stratum },
          },
        ],
        statuses: [{ check: ctx.name, status: 'ok' }],
      };
    },
});

async function ask(ctx: CheckContext, server: string, port: number): Promise<Outcome> {
  const nonce = randomBytes(8);
  const sentAt = ctx.now();
  const started = ctx.monotonicMs();
  try {
    const answer = await ctx.exchangeDatagram(server, port, sntpQuestion(nonce));
    // By the clock that never jumps: the other may be set in between.
    return readSntpAnswer(answer, { nonce, sentAt, receivedAt: sentAt + ctx.monotonicMs() - started });
  } catch (error) {
    return { refused: 'silent', why: ctx.signal.aborted ? 'timeout' : (errorCode(error) ?? describeError(error)) };
  }
}

function tell(server: string, outcome: Extract<Outcome, { refused: unknown }>): Words {
  switch (outcome.refused) {
    case 'unsynchronised':
      return {
        fr: `Le serveur de temps ${server} n’est pas lui-même à l’heure.`,
        en: `The time server ${server} is not synchronised itself.`,
      };
    case 'kiss':
      return {
        fr: `Le serveur de temps ${server} refuse de répondre (${outcome.code}).`,
        en: `The time server ${server} refuses to answer (${outcome.code}).`,
      };
    case 'malformed':
      return {
        fr: `${server} ne répond pas comme un serveur de temps.`,
        en: `${server} does not answer as a time server does.`,
      };
    default:
      return {
        fr: `Le serveur de temps ${server} ne répond pas (${outcome.why}).`,
        en: `The time server ${server} does not answer (${outcome.why}).`,
      };
  }
}
