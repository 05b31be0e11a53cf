import { Type } from 'typebox';
import { type CheckContext, definePlugin } from '../check.ts';
import { parseMeminfo } from '../platform/meminfo.ts';

/** Swap space; all zero on a host that has none. */
export const plugin = definePlugin({
  type: 'swap',
  title: { fr: 'Mémoire d’échange', en: 'Swap' },
  options: Type.Object({}, { additionalProperties: false }),
  example: {},
  create: () => async (ctx) => {
    const { total, free } = await readSwap(ctx);
    const used = total - free;
    const used_percent = total > 0 ? (used / total) * 100 : 0;
    return { points: [{ m: 'swap', f: { total, used, free, used_percent } }], statuses: [] };
  },
});

async function readSwap(ctx: CheckContext): Promise<{ total: number; free: number }> {
  if (ctx.platform === 'linux') {
    const { SwapTotal: total = 0, SwapFree: free = 0 } = parseMeminfo(await ctx.readText('/proc/meminfo'));
    return { total, free };
  }
  const { swaptotal, swapfree } = await (await ctx.systemInformation()).mem();
  return { total: swaptotal, free: swapfree };
}
