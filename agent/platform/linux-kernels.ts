import type { CheckContext } from '../check.ts';

interface Kernel {
  release: string;
  version: number[];
  /** What tells `amd64` from `cloud-amd64`: one kind never replaces the other. */
  flavour: string;
}

/**
 * The running kernel and a newer one of its kind under /boot. Undefined when it is the newest, and on a machine that did not
 * start from these files: a container, or a guest whose kernel its host brings.
 */
export async function findNewerKernel(ctx: CheckContext): Promise<{ running: string; newest: string } | undefined> {
  const running = parseRelease((await ctx.readText('/proc/sys/kernel/osrelease')).trim());
  const installed = (await ctx.listDir('/boot').catch(() => []))
    .flatMap((file) => (file.startsWith('vmlinuz-') ? [parseRelease(file.slice('vmlinuz-'.length))] : []))
    .filter(({ version, flavour }) => version.length >= 2 && flavour === running.flavour);
  const isOurs =
    installed.some(({ release }) => release === running.release) ||
    (await ctx.listDir('/lib/modules').catch((): string[] => [])).includes(running.release);
  if (!isOurs) return undefined;
  const newest = installed.reduce((best, kernel) => (isNewer(kernel, best) ? kernel : best), running);
  return newest === running ? undefined : { running: running.release, newest: newest.release };
}

/** `6.1.0-40-cloud-amd64`, `5.14.0-503.26.1.el9_5.x86_64`: the numbers in front, then the kind, whose own digits may change. */
function parseRelease(release: string): Kernel {
  const version = /^\d+(?:[.\-_]\d+)*/.exec(release)?.[0] ?? '';
  const flavour = release
    .slice(version.length)
    .replace(/[^a-z]+/gi, ' ')
    .trim();
  return { release, version: version.split(/[.\-_]/).map(Number), flavour };
}

function isNewer(kernel: Kernel, than: Kernel): boolean {
  for (const [index, number] of kernel.version.entries()) {
    const other = than.version[index] ?? -1;
    if (number !== other) return number > other;
  }
  return false;
}
