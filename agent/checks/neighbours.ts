import { Type } from 'typebox';
import type { Point } from '../../protocol/messages.ts';
import { Name } from '../../protocol/names.ts';
import { type CheckContext, definePlugin } from '../check.ts';
import { errorCode } from '../describe-error.ts';
import { HOST_PATTERN } from '../platform/ping.ts';

/** Nothing listens there: a machine that is on refuses at once, and that is an answer too. */
const DISCARD_PORT = 9;

/** Whether other machines of the store are seen from here: one connection each, and a refusal is an answer. */
export const plugin = definePlugin({
  type: 'neighbours',
  title: { fr: 'Voisins sur le réseau', en: 'Neighbours on the network' },
  options: Type.Object(
    {
      neighbours: Type.Array(
        Type.Object(
          {
            name: { ...Name, description: 'Its device name.', fr: 'Son nom d’équipement.' },
            host: Type.String({
              pattern: HOST_PATTERN,
              maxLength: 253,
              description: 'Its name or address.',
              fr: 'Son nom ou son adresse.',
            }),
            port: Type.Optional(
              Type.Integer({
                minimum: 1,
                maximum: 65_535,
                default: DISCARD_PORT,
                description:
                  'TCP port to knock at; open or refused, it answers. Where a firewall swallows, name one that is open.',
                fr: 'Port TCP où frapper\u202f; ouvert ou refusé, elle répond. Derrière un pare-feu muet, en nommer un qui est ouvert.',
              }),
            ),
          },
          { additionalProperties: false },
        ),
        {
          minItems: 1,
          maxItems: 8,
          description: 'Two or three machines of the store, by their device names.',
          fr: 'Deux ou trois machines du magasin, sous leur nom d’équipement.',
        },
      ),
    },
    { additionalProperties: false },
  ),
  example: {
    neighbours: [
      { name: 'till-2', host: '10.0.0.12' },
      { name: 'gateway', host: '10.0.0.1', port: 8883 },
    ],
  },
  create:
    ({ neighbours }) =>
    async (ctx) => {
      const points = await Promise.all(
        neighbours.map(({ name, host, port = DISCARD_PORT }) => knock(ctx, name, host, port)),
      );
      const isAlone = points.every(({ f }) => f.reached === 0);
      return {
        points,
        statuses: [
          isAlone
            ? {
                check: ctx.name,
                status: 'warning',
                text: tellAlone(
                  ctx,
                  neighbours.map(({ name }) => name),
                ),
              }
            : { check: ctx.name, status: 'ok' },
        ],
      };
    },
});

async function knock(ctx: CheckContext, neighbour: string, host: string, port: number): Promise<Point> {
  const started = ctx.monotonicMs();
  const isReached = await ctx.connect(host, port).then(
    () => true,
    (error: unknown) => errorCode(error) === 'ECONNREFUSED',
  );
  const response_time = (ctx.monotonicMs() - started) / 1000;
  return { m: 'neighbour', t: { neighbour }, f: { reached: isReached ? 1 : 0, ...(isReached && { response_time }) } };
}

const tellAlone = (ctx: CheckContext, names: readonly string[]): string =>
  ctx.say({
    fr: `Aucun voisin ne répond (${names.join(', ')}).`,
    en: `None of the neighbours answers (${names.join(', ')}).`,
  });
