import { Type } from 'typebox';
import type { Point } from '../../protocol/messages.ts';
import { type CheckContext, definePlugin, type VolumeStats } from '../check.ts';
import { listLinuxMounts, listReadOnlyMounts, type Mount } from '../platform/linux-mounts.ts';

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
          fr: 'Points de montage à relever\u202f; sans cela, tous les vrais systèmes de fichiers.',
        }),
      ),
      exclude: Type.Optional(
        Type.Array(Type.String({ minLength: 1 }), {
          minItems: 1,
          maxItems: 64,
          description: 'Mount points to leave out, with all that is mounted below them.',
          fr: 'Points de montage à laisser de côté, avec tout ce qui est monté en dessous.',
        }),
      ),
      writable: Type.Optional(
        Type.Array(Type.String({ minLength: 1 }), {
          minItems: 1,
          maxItems: 64,
          description:
            'Linux: mount points that must be open to writing. The kernel closes a failing disk to it, and a till then loses its sales.',
          fr: 'Linux\u202f: points de montage qui doivent rester ouverts en écriture. Le noyau la ferme quand le disque défaille, et la caisse perd alors ses ventes.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  example: { paths: ['/', '/var'], writable: ['/'] },
  create:
    ({ paths, exclude = [], writable = [] }) =>
    async (ctx) => {
      const isExcluded = (path: string) => exclude.some((place) => path === place || path.startsWith(`${place}/`));
      const isWanted = (path: string) => (!paths || paths.includes(path)) && !isExcluded(path);
      const points = ctx.platform === 'linux' ? await readLinux(ctx, isWanted) : await readOther(ctx, isWanted);
      const missing = (paths ?? []).filter((path) => !points.some(({ t }) => t.path === path)).join(', ');
      const closed = await listClosed(ctx, writable);
      const texts = [
        missing && ctx.say({ fr: `Rien n’est monté sur ${missing}.`, en: `Nothing is mounted on ${missing}.` }),
        closed && ctx.say({ fr: `Fermé en écriture\u202f: ${closed}.`, en: `Closed to writing: ${closed}.` }),
      ].filter(Boolean);
      return {
        points,
        statuses:
          texts.length === 0 ? [] : [{ check: ctx.name, status: 'critical', text: texts.join(' ').slice(0, 512) }],
      };
    },
});

async function listClosed(ctx: CheckContext, writable: string[]): Promise<string> {
  if (writable.length === 0 || ctx.platform !== 'linux') return '';
  const closed = await listReadOnlyMounts(ctx);
  return writable.filter((path) => closed.includes(path)).join(', ');
}

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
