import { Type } from 'typebox';
import type { Point } from '../../protocol/messages.ts';
import { type CheckContext, definePlugin, type VolumeStats } from '../check.ts';
import { listLinuxMounts, type Mount } from '../platform/linux-mounts.ts';

/** Space and inodes of each real file system, once per device; the root always counts, whatever it stands on. */
export const plugin = definePlugin({
  type: 'disk',
  title: { fr: 'Disque', en: 'Disk' },
  options: Type.Object(
    {
      paths: Type.Optional(
        Type.Array(Type.String({ minLength: 1 }), {
          minItems: 1,
          maxItems: 64,
          description: 'Mount points to report; without it every real file system.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  example: { paths: ['/', '/var'] },
  create:
    ({ paths }) =>
    async (ctx) => {
      const isWanted = (path: string) => !paths || paths.includes(path);
      const points = ctx.platform === 'linux' ? await readLinux(ctx, isWanted) : await readOther(ctx, isWanted);
      const missing = (paths ?? []).filter((path) => !points.some(({ t }) => t.path === path)).join(', ');
      const text = ctx.say({ fr: `Rien n’est monté sur ${missing}.`, en: `Nothing is mounted on ${missing}.` });
      return {
        points,
        statuses: missing === '' ? [] : [{ check: ctx.name, status: 'critical', text: text.slice(0, 512) }],
      };
    },
});

type DiskPoint = Point & { t: { path: string } };

async function readLinux(ctx: CheckContext, isWanted: (path: string) => boolean): Promise<DiskPoint[]> {
  const points: DiskPoint[] = [];
  for (const mount of await listLinuxMounts(ctx)) {
    if (!isWanted(mount.path)) continue;
    const point = toPoint(mount, await ctx.statfs(mount.path));
    if (point) points.push(point);
  }
  return points;
}

/** `free` is what an ordinary user may still write, so a full disk reads 100 % though root's reserve is left. */
function toPoint({ path, device, fstype }: Mount, stats: VolumeStats): DiskPoint | undefined {
  const { bsize, blocks, bfree, bavail, files, ffree } = stats;
  if (blocks === 0) return undefined;
  const used = (blocks - bfree) * bsize;
  const free = bavail * bsize;
  return {
    m: 'disk',
    t: { path, device, fstype },
    f: {
      total: blocks * bsize,
      used,
      free,
      used_percent: percent(used, used + free),
      // Some file systems (btrfs, vfat) have no fixed number of inodes.
      ...(files > 0 && {
        inodes_total: files,
        inodes_free: ffree,
        inodes_used: files - ffree,
        inodes_used_percent: percent(files - ffree, files),
      }),
    },
  };
}

async function readOther(ctx: CheckContext, isWanted: (path: string) => boolean): Promise<DiskPoint[]> {
  const volumes = await (await ctx.systemInformation()).fsSize();
  return volumes
    .filter(({ mount, size }) => size > 0 && isWanted(mount))
    .map(({ mount, fs, type, size, used, available }) => ({
      m: 'disk',
      t: { path: mount, device: fs, fstype: type },
      f: { total: size, used, free: available, used_percent: percent(used, used + available) },
    }));
}

const percent = (part: number, whole: number): number => (whole > 0 ? (part / whole) * 100 : 0);
