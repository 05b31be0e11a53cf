import type { CheckContext } from '../check.ts';

export interface Mount {
  path: string;
  /** Without its `/dev/`. */
  device: string;
  fstype: string;
}

/** Telegraf's `ignore_fs`, and images that are full by nature. */
const IGNORED = new Set(['tmpfs', 'devtmpfs', 'devfs', 'iso9660', 'overlay', 'aufs', 'squashfs', 'erofs', 'udf']);

/** File systems on disks of this host, one per device, the root first and always. Network shares may hang: left out. */
export async function listLinuxMounts(ctx: CheckContext): Promise<Mount[]> {
  const byDevice = new Map<string, Mount>();
  const mounts = parseMounts(await ctx.readText('/proc/self/mounts'));
  // What is mounted last on a path hides what was there before.
  const root = mounts.findLast(({ path }) => path === '/');
  if (root) byDevice.set(root.device, root);
  for (const mount of mounts) {
    if (!isReal(mount) || byDevice.has(mount.device)) continue;
    // A container sees single files of its host as mounts (/etc/hosts, …).
    if (await ctx.isDirectory(mount.path).catch(() => false)) byDevice.set(mount.device, mount);
  }
  return [...byDevice.values()].map((mount) => ({ ...mount, device: mount.device.replace(/^\/dev\//, '') }));
}

/** Mount points that are closed to writing now: by choice, or by the kernel because of errors. */
export async function listReadOnlyMounts(ctx: CheckContext): Promise<string[]> {
  const lines = (await ctx.readText('/proc/self/mounts')).split('\n').map((line) => line.split(' '));
  const byPath = new Map(lines.map(([, path = '', , options = '']) => [unescapeOctal(path), options]));
  return [...byPath].flatMap(([path, options]) => (options.split(',').includes('ro') ? [path] : []));
}

const isReal = ({ path, device, fstype }: Mount): boolean =>
  path !== '/' &&
  !IGNORED.has(fstype) &&
  !fstype.startsWith('fuse.') &&
  (device.startsWith('/dev/') || fstype === 'zfs');

function parseMounts(text: string): Mount[] {
  return text
    .split('\n')
    .map((line) => line.split(' '))
    .flatMap(([device, path, fstype]) =>
      device && path && fstype ? [{ device: unescapeOctal(device), path: unescapeOctal(path), fstype }] : [],
    );
}

/** The kernel writes space, tab, newline and backslash as octal. */
const unescapeOctal = (text: string): string =>
  text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
