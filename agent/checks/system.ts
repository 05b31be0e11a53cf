import { Type } from 'typebox';
import { definePlugin } from '../check.ts';

/** Load, processors and time since the start of the host. */
export const plugin = definePlugin({
  type: 'system',
  title: { fr: 'Système', en: 'System' },
  options: Type.Object({}, { additionalProperties: false }),
  example: {},
  create: () => async (ctx) => {
    const [load1 = 0, load5 = 0, load15 = 0] = ctx.host.loadAverage();
    return {
      points: [
        {
          m: 'system',
          f: {
            // Windows has no load average.
            ...(ctx.platform !== 'win32' && { load1, load5, load15 }),
            n_cpus: ctx.host.cpuCount(),
            uptime: Math.floor(ctx.host.uptimeS()),
          },
        },
      ],
      statuses: [],
    };
  },
});
