import { Type } from 'typebox';
import { ACTION_TITLES } from '../../protocol/actions.ts';
import { defineAction } from '../action.ts';
import { lookAtService, restartService, SERVICE_PATTERN } from '../platform/service-control.ts';

const DEFAULT_SETTLE_S = 3;

/** Restarts a service of systemd or of Windows, and sees whether it stays up. */
export const plugin = defineAction({
  type: 'restart_service',
  title: ACTION_TITLES.restart_service,
  options: Type.Object(
    {
      services: Type.Array(Type.String({ pattern: SERVICE_PATTERN }), {
        minItems: 1,
        maxItems: 32,
        uniqueItems: true,
        description: 'Services that may be restarted, by their names; a command chooses one.',
      }),
      settleS: Type.Optional(
        Type.Integer({
          minimum: 0,
          maximum: 120,
          default: DEFAULT_SETTLE_S,
          description: 'Seconds after which it must still run: a service may start and fall over.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  example: { services: ['posd.service'], settleS: 5 },
  choices: ({ services }) => ({ service: services }),
  create: ({ settleS = DEFAULT_SETTLE_S }) => ({
    look: (ctx) => lookAtService(ctx, ctx.args.service ?? ''),
    async act(ctx) {
      const said = await restartService(ctx, ctx.args.service ?? '');
      await ctx.wait(settleS * 1000);
      return said;
    },
  }),
});
