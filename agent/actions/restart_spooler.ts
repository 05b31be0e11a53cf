import { Type } from 'typebox';
import { ACTION_TITLES } from '../../protocol/actions.ts';
import { type ActionContext, defineAction } from '../action.ts';
import { lookAtService, restartService, SERVICE_PATTERN } from '../platform/service-control.ts';

const SETTLE_MS = 2000;

/** Restarts what prints: CUPS, or the spooler of Windows. */
export const plugin = defineAction({
  type: 'restart_spooler',
  title: ACTION_TITLES.restart_spooler,
  options: Type.Object(
    {
      service: Type.Optional(
        Type.String({
          pattern: SERVICE_PATTERN,
          description: 'Name of the service, where it is neither cups (Linux) nor Spooler (Windows).',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  example: { service: 'cups' },
  create({ service }) {
    const named = ({ platform }: ActionContext) => service ?? (platform === 'win32' ? 'Spooler' : 'cups');
    return {
      look: (ctx) => lookAtService(ctx, named(ctx)),
      async act(ctx) {
        const said = await restartService(ctx, named(ctx));
        await ctx.wait(SETTLE_MS);
        return said;
      },
    };
  },
});
