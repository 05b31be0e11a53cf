import { Type } from 'typebox';
import type { Point } from '../../protocol/messages.ts';
import { type CheckContext, definePlugin } from '../check.ts';

/** /proc/diskstats counts in sectors of this size, whatever the disk's own. */
const SECTOR_BYTES = 512;
const PSEUDO = /^(loop|ram|zram|sr|fd)\d/;

/** Reads and writes of each disk since the start of the host. Partitions are part of their disk and left out. */
export const plugin = definePlugin({
  type: 'diskio',
  title: { fr: 'Activité disque', en: 'Disk activity' },
  options: Type.Object(
    {
      devices: Type.Optional(
        Type.Array(Type.String({ minLength: 1 }), {
          minItems: 1,
          maxItems: 64,
          description: 'Disks or partitions to report, e.g. `sda`; without it every whole disk.',
          fr: 'Disques ou partitions à relever, par exemple `sda`\u202f; sans cela, chaque disque entier.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  example: { devices: ['sda'] },
  create:
    ({ devices }) =>
    async (ctx) => ({
      points: ctx.platform === 'linux' ? await readLinux(ctx, devices) : await readOther(ctx),
      statuses: [],
    }),
});

async function readLinux(ctx: CheckContext, devices: string[] | undefined): Promise<Point[]> {
  const wanted = new Set(devices ?? (await ctx.listDir('/sys/block')).filter((name) => !PSEUDO.test(name)));
  const points: Point[] = [];
  for (const line of (await ctx.readText('/proc/diskstats')).split('\n')) {
    const [, , name = '', ...counters] = line.trim().split(/\s+/);
    if (!wanted.has(name)) continue;
    const [reads = 0, , read = 0, read_time = 0, writes = 0, , written = 0, write_time = 0, , io_time = 0] =
      counters.map(Number);
    points.push({
      m: 'diskio',
      t: { name },
      f: {
        reads,
        writes,
        read_bytes: read * SECTOR_BYTES,
        write_bytes: written * SECTOR_BYTES,
        read_time,
        write_time,
        io_time,
      },
    });
  }
  return points;
}

async function readOther(ctx: CheckContext): Promise<Point[]> {
  const information = await ctx.systemInformation();
  const [operations, bytes] = [await information.disksIO(), await information.fsStats()];
  if (!operations || !bytes) throw new Error(`disk counters cannot be read on ${ctx.platform}`);
  return [
    {
      m: 'diskio',
      t: { name: 'all' },
      f: { reads: operations.rIO, writes: operations.wIO, read_bytes: bytes.rx, write_bytes: bytes.wx },
    },
  ];
}
