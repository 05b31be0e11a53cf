import { type Static, Type } from 'typebox';
import type { Point } from '../../protocol/messages.ts';
import { daysLeft, describeFlaw, whyUntrusted } from '../certificate.ts';
import { type CheckContext, definePlugin } from '../check.ts';
import { describeError, errorCode } from '../describe-error.ts';

const Terminal = Type.Object(
  {
    name: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 64,
        description: 'What people call it; by default its address.',
        fr: 'Nom d’usage\u202f; par défaut son adresse.',
      }),
    ),
    server: Type.String({
      minLength: 1,
      maxLength: 253,
      description: 'Its name or address.',
      fr: 'Son nom ou son adresse.',
    }),
    port: Type.Integer({
      minimum: 1,
      maximum: 65_535,
      description: 'TCP port on which the till speaks to it.',
      fr: 'Port TCP par lequel la caisse lui parle.',
    }),
    tls: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'Whether to shake hands over TLS and look at its certificate.',
        fr: 'Négocier TLS et examiner son certificat.',
      }),
    ),
    servername: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 253,
        description: 'Name its certificate must be for; without it the name is not judged.',
        fr: 'Nom que doit porter son certificat\u202f; sans lui, le nom n’est pas jugé.',
      }),
    ),
    caFile: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 4096,
        description: 'File of the authorities to trust (PEM); without it only the dates of its certificate are judged.',
        fr: 'Fichier des autorités de confiance (PEM)\u202f; sans lui, seules les dates du certificat sont jugées.',
      }),
    ),
  },
  { additionalProperties: false, description: 'A payment terminal.', fr: 'Un terminal de paiement.' },
);
type Terminal = Static<typeof Terminal>;

/**
 * Whether payment terminals, or the payment host, can be reached as the till reaches them. A connection is opened, where
 * asked a handshake made, and closed: nothing is sent or read of the payment protocol, so card data is never seen.
 */
export const plugin = definePlugin({
  type: 'payment_terminal',
  title: { fr: 'Terminal de paiement', en: 'Payment terminal' },
  options: Type.Object(
    {
      terminals: Type.Array(Terminal, {
        minItems: 1,
        maxItems: 16,
        description: 'Terminals to reach, all at the same time.',
        fr: 'Terminaux à joindre, tous en même temps.',
      }),
    },
    { additionalProperties: false },
  ),
  example: { terminals: [{ name: 'lane 3', server: '10.0.0.63', port: 8000 }] },
  distinguish: ({ terminals }) => terminals.map(labelOf).join(',').slice(0, 100),
  create:
    ({ terminals }) =>
    async (ctx) => {
      const seen = await Promise.all(terminals.map((terminal) => reach(ctx, terminal)));
      const texts = seen.flatMap(({ text }) => (text === undefined ? [] : [text]));
      return {
        points: seen.map(({ point }) => point),
        statuses: [
          texts.length === 0
            ? { check: ctx.name, status: 'ok' }
            : { check: ctx.name, status: 'critical', text: texts.join(' ').slice(0, 512) },
        ],
      };
    },
});

interface Seen {
  point: Point;
  /** What is wrong, for people; absent: nothing. */
  text?: string;
}

const labelOf = ({ name, server, port }: Terminal): string => name ?? `${server}:${port}`;

async function reach(ctx: CheckContext, terminal: Terminal): Promise<Seen> {
  const { server, port, tls = false } = terminal;
  const t = { terminal: labelOf(terminal), server, port: String(port) };
  const started = ctx.monotonicMs();
  const elapsed = () => (ctx.monotonicMs() - started) / 1000;
  try {
    if (tls) return await shakeHands(ctx, terminal, t, elapsed);
    await ctx.connect(server, port);
    return { point: { m: 'payment_terminal', t, f: { reachable: 1, response_time: elapsed() } } };
  } catch (error) {
    return { point: { m: 'payment_terminal', t, f: { reachable: 0 } }, text: tellUnreachable(ctx, t.terminal, error) };
  }
}

async function shakeHands(
  ctx: CheckContext,
  { server, port, servername, caFile }: Terminal,
  t: { terminal: string },
  elapsed: () => number,
): Promise<Seen> {
  const peer = await ctx.tlsPeer(server, port, {
    ...(servername !== undefined && { servername }),
    ...(caFile !== undefined && { caFile }),
  });
  const response_time = elapsed();
  const [leaf] = peer.chain;
  if (!leaf) throw new Error('no certificate');
  const seen = {
    leaf,
    chain: peer.chain,
    // Makers sign terminals with authorities of their own: what the shop was not given cannot be asked for.
    ...(caFile !== undefined && peer.chainError !== undefined && { chainError: peer.chainError }),
    isForOtherName: servername !== undefined && peer.isForOtherName,
    ...(servername !== undefined && { servername }),
  };
  const now = ctx.now();
  const flaw = whyUntrusted(seen, now);
  return {
    point: {
      m: 'payment_terminal',
      t,
      f: { reachable: 1, response_time, tls_valid: flaw ? 0 : 1, days_left: daysLeft(leaf.validTo, now) },
    },
    ...(flaw && { text: describeFlaw(ctx.say, t.terminal, flaw, seen) }),
  };
}

function tellUnreachable(ctx: CheckContext, terminal: string, error: unknown): string {
  if (ctx.signal.aborted) {
    return ctx.say({
      fr: `Le terminal de paiement ${terminal} ne répond pas dans le temps imparti.`,
      en: `The payment terminal ${terminal} gives no answer in time.`,
    });
  }
  const code = errorCode(error) ?? describeError(error);
  return ctx.say({
    fr: `Le terminal de paiement ${terminal} est injoignable (${code}).`,
    en: `The payment terminal ${terminal} cannot be reached (${code}).`,
  });
}
