import { Type } from 'typebox';
import { type CheckContext, definePlugin } from '../check.ts';

/** Ticks or milliseconds since the start of the host; only their shares count. */
interface CpuTimes {
  user: number;
  system: number;
  iowait: number;
  idle: number;
  total: number;
}

/** Long enough for a first figure, short enough for the first report. */
const FIRST_SAMPLE_MS = 250;

/** Share of time since the last run; over a short wait at the first one. */
export const plugin = definePlugin({
  type: 'cpu',
  title: { fr: 'Processeur', en: 'CPU' },
  options: Type.Object({}, { additionalProperties: false }),
  example: {},
  create() {
    let before: CpuTimes | undefined;
    return async (ctx) => {
      if (!before) {
        before = await readTimes(ctx);
        await ctx.wait(FIRST_SAMPLE_MS);
      }
      const after = await readTimes(ctx);
      const point = usage(before, after);
      before = after;
      return { points: point ? [point] : [], statuses: [] };
    };
  },
});

function usage(before: CpuTimes, after: CpuTimes) {
  const total = after.total - before.total;
  // A counter that stands still or runs backwards (a paused or migrated guest) says nothing.
  if (total <= 0) return undefined;
  const share = (key: keyof CpuTimes) => Math.min(100, Math.max(0, ((after[key] - before[key]) / total) * 100));
  const idle = share('idle');
  return {
    m: 'cpu',
    t: { cpu: 'cpu-total' },
    f: {
      usage_active: 100 - idle,
      usage_user: share('user'),
      usage_system: share('system'),
      usage_iowait: share('iowait'),
      usage_idle: idle,
    },
  };
}

async function readTimes(ctx: CheckContext): Promise<CpuTimes> {
  if (ctx.platform === 'linux') return parseStat(await ctx.readText('/proc/stat'));
  const { user, nice, sys, idle, irq } = ctx.host.cpuTimes();
  return { user, system: sys, iowait: 0, idle, total: user + nice + sys + idle + irq };
}

function parseStat(text: string): CpuTimes {
  const line = /^cpu +(.+)$/m.exec(text)?.[1];
  if (line === undefined) throw new Error('/proc/stat has no cpu line');
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0, guest = 0] = line
    .split(/\s+/)
    .map(Number);
  // The kernel counts a guest's time in `user` as well.
  return {
    user: user - guest,
    system,
    iowait,
    idle,
    total: user + nice + system + idle + iowait + irq + softirq + steal,
  };
}
