import { Type } from 'typebox';
import type { Point } from '../../protocol/messages.ts';
import { type CheckContext, definePlugin } from '../check.ts';

const VIRTUAL =
  /^(lo\d*$|veth|docker|br-|virbr|vnet|cni|flannel|cali|ifb|dummy|sit\d|tunl|ip6tnl|gre|vEthernet|Loopback)/;

/** Traffic of each network interface since the start of the host. */
export const plugin = definePlugin({
  type: 'net',
  title: { fr: 'Réseau', en: 'Network' },
  options: Type.Object(
    {
      interfaces: Type.Optional(
        Type.Array(Type.String({ minLength: 1 }), {
          minItems: 1,
          maxItems: 64,
          description: 'Interfaces to report, e.g. `eth0`; without it all but the loopback and virtual ones.',
          fr: 'Interfaces à relever, par exemple `eth0`\u202f; sans cela, toutes sauf la boucle locale et les virtuelles.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  example: { interfaces: ['eth0'] },
  create({ interfaces }) {
    const isWanted = (name: string) => (interfaces ? interfaces.includes(name) : !VIRTUAL.test(name));
    return async (ctx) => ({
      points: ctx.platform === 'linux' ? await readLinux(ctx, isWanted) : await readOther(ctx, isWanted),
      statuses: [],
    });
  },
});

async function readLinux(ctx: CheckContext, isWanted: (name: string) => boolean): Promise<Point[]> {
  const points: Point[] = [];
  for (const [, name = '', rest = ''] of (await ctx.readText('/proc/net/dev')).matchAll(/^\s*([^\s|]+):(.+)$/gm)) {
    if (!isWanted(name)) continue;
    const [bytes_recv = 0, packets_recv = 0, err_in = 0, drop_in = 0, , , , , ...sent] = rest
      .trim()
      .split(/\s+/)
      .map(Number);
    const [bytes_sent = 0, packets_sent = 0, err_out = 0, drop_out = 0] = sent;
    points.push({
      m: 'net',
      t: { interface: name },
      f: { bytes_recv, bytes_sent, packets_recv, packets_sent, err_in, err_out, drop_in, drop_out },
    });
  }
  return points;
}

async function readOther(ctx: CheckContext, isWanted: (name: string) => boolean): Promise<Point[]> {
  const found = await (await ctx.systemInformation()).networkStats('*');
  return found
    .filter(({ iface }) => isWanted(iface))
    .map((stats) => ({
      m: 'net',
      t: { interface: stats.iface },
      f: {
        bytes_recv: stats.rx_bytes,
        bytes_sent: stats.tx_bytes,
        err_in: stats.rx_errors,
        err_out: stats.tx_errors,
        drop_in: stats.rx_dropped,
        drop_out: stats.tx_dropped,
      },
    }));
}
