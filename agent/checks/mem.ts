import { Type } from 'typebox';
import { type CheckContext, definePlugin } from '../check.ts';
import { parseMeminfo } from '../platform/meminfo.ts';

/** Memory; `used` is what is not available to a new program. */
export const plugin = definePlugin({
  type: 'mem',
  title: { fr: 'Mémoire', en: 'Memory' },
  options: Type.Object({}, { additionalProperties: false }),
  example: {},
  create: () => async (ctx) => ({ points: [{ m: 'mem', f: await readMemory(ctx) }], statuses: [] }),
});

async function readMemory(ctx: CheckContext): Promise<Record<string, number>> {
  if (ctx.platform === 'linux') {
    const info = parseMeminfo(await ctx.readText('/proc/meminfo'));
    const { MemTotal: total, MemFree: free = 0, Buffers: buffered = 0, Cached = 0, SReclaimable = 0 } = info;
    if (!total) throw new Error('/proc/meminfo has no MemTotal');
    const cached = Cached + SReclaimable;
    // Kernels before 3.14 do not say what is available.
    const available = info.MemAvailable ?? Math.min(total, free + buffered + cached);
    return { ...shares(total, available), free, cached, buffered };
  }
  if (ctx.platform === 'win32') {
    const { total, free } = ctx.host.memory();
    return { ...shares(total, free), free };
  }
  const { total, available, free, cached, buffers } = await (await ctx.systemInformation()).mem();
  return { ...shares(total, available), free, cached, buffered: buffers };
}

function shares(total: number, available: number) {
  const used = total - available;
  return {
    total,
    available,
    used,
    used_percent: (used / total) * 100,
    available_percent: (available / total) * 100,
  };
}
