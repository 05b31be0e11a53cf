import { type Collector, dayOf, type FactsContext, type Found } from '../collector.ts';

/** How many packages there are, and when the last one changed. */
export const patches: Collector = {
  sections: ['patches'],
  async gather(ctx) {
    const status = await ctx.stat('/var/lib/dpkg/status').catch(() => undefined);
    if (status) return dpkg(ctx, status.mtimeMs);
    const hasRpm = await ctx.isDirectory('/var/lib/rpm').catch(() => false);
    return hasRpm ? rpm(ctx) : { facts: {} };
  },
};

async function dpkg(ctx: FactsContext, changedAt: number): Promise<Found> {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg's own placeholders.
  const { stdout } = await ctx.exec('dpkg-query', ['-W', '-f', '${db:Status-Abbrev}\\n']);
  const count = stdout.split('\n').filter((line) => line.startsWith('ii')).length;
  return { facts: { 'patches.count': count, 'patches.last': dayOf(changedAt) } };
}

async function rpm(ctx: FactsContext): Promise<Found> {
  const { stdout } = await ctx.exec('rpm', ['-qa', '--queryformat', '%{INSTALLTIME}\\n']);
  const times = stdout
    .split('\n')
    .map(Number)
    .filter((time) => time > 0);
  const last = times.reduce((newest, time) => Math.max(newest, time), 0);
  return { facts: { 'patches.count': times.length, 'patches.last': last > 0 ? dayOf(last * 1000) : undefined } };
}
