import { type Collector, dayOf, readIfThere, tidy } from '../collector.ts';

/** Distribution, kernel, when it was installed and when it was last started. */
export const system: Collector = {
  sections: ['os'],
  async gather(ctx) {
    const release = await ctx.readText('/etc/os-release').catch(() => '');
    const field = (name: string) => tidy(new RegExp(`^${name}="?([^"\\n]*)`, 'm').exec(release)?.[1]);
    // Debian tells its point release nowhere else.
    const exact = field('ID') === 'debian' ? await readIfThere(ctx, '/etc/debian_version') : undefined;
    const started = Number(/^btime (\d+)/m.exec(await ctx.readText('/proc/stat').catch(() => ''))?.[1]);
    const installed = await ctx.stat('/etc/machine-id').catch(() => undefined);
    return {
      facts: {
        'os.name': field('PRETTY_NAME') ?? 'Linux',
        'os.version': exact !== undefined && /^\d/.test(exact) ? exact : field('VERSION_ID'),
        'os.kernel': ctx.os.release(),
        'os.arch': ctx.os.arch(),
        'os.hostname': tidy(ctx.os.hostname()),
        'os.installedOn': installed && dayOf(installed.mtimeMs),
        'os.lastBoot': started > 0 ? new Date(started * 1000).toISOString().slice(0, 16) : undefined,
      },
    };
  },
};
