import type { CheckContext } from '../check.ts';
import { askPowerShell } from './powershell.ts';

/** A way out of this host. */
export interface DefaultRoute {
  interface: string;
  /** Absent where packets go straight onto the link, as on a modem. */
  gateway?: string;
  metric: number;
  family: 4 | 6;
}

const UP = 0x1;
const REJECT = 0x200;

/** Default routes that are up, the one in use first: IPv4 before IPv6, then by metric. */
export async function listDefaultRoutes(ctx: CheckContext): Promise<DefaultRoute[]> {
  const found =
    ctx.platform === 'linux'
      ? await listLinux(ctx)
      : ctx.platform === 'win32'
        ? await listWindows(ctx)
        : await listMac(ctx);
  return found.sort((a, b) => a.family - b.family || a.metric - b.metric);
}

async function listLinux(ctx: CheckContext): Promise<DefaultRoute[]> {
  const four = parseRoutes(await ctx.readText('/proc/net/route'));
  // Not there where IPv6 is switched off.
  const six = parseRoutes6(await ctx.readText('/proc/net/ipv6_route').catch(() => ''));
  return [...four, ...six];
}

/** `Iface Destination Gateway Flags RefCnt Use Metric Mask …`, addresses as the host's own (little-endian) numbers. */
function parseRoutes(text: string): DefaultRoute[] {
  return text.split('\n').flatMap((line) => {
    const [name = '', destination, gateway = '', flags = '', , , metric, mask] = line.trim().split(/\s+/);
    const set = Number.parseInt(flags, 16);
    if (destination !== '00000000' || mask !== '00000000' || !(set & UP) || set & REJECT) return [];
    const address = (gateway.match(/../g) ?? [])
      .map((byte) => Number.parseInt(byte, 16))
      .reverse()
      .join('.');
    return [{ interface: name, ...(address !== '0.0.0.0' && { gateway: address }), metric: Number(metric), family: 4 }];
  });
}

/** `destination length source length next-hop metric refcnt use flags interface`, all but the last in hexadecimal. */
export function parseRoutes6(text: string): DefaultRoute[] {
  return text.split('\n').flatMap((line) => {
    const [destination, length, , , hop = '', metric = '', , , flags = '', name = ''] = line.trim().split(/\s+/);
    const set = Number.parseInt(flags, 16);
    if (!/^0{32}$/.test(destination ?? '') || length !== '00' || !(set & UP) || set & REJECT || name === 'lo')
      return [];
    return [
      {
        interface: name,
        ...(!/^0{32}$/.test(hop) && { gateway: shorten(hop) }),
        metric: Number.parseInt(metric, 16),
        family: 6,
      },
    ];
  });
}

/** As people write an IPv6 address, which is how the runtime writes one. */
const shorten = (hex: string): string => new URL(`http://[${hex.match(/.{4}/g)?.join(':')}]`).hostname.slice(1, -1);

/** Whether the kernel knows a neighbour's address: true, false while it asks in vain, undefined where it never asked. */
export async function isNeighbourKnown(
  ctx: CheckContext,
  { gateway, interface: name }: DefaultRoute,
): Promise<boolean | undefined> {
  if (ctx.platform !== 'linux' || gateway === undefined) return undefined;
  for (const line of (await ctx.readText('/proc/net/arp')).split('\n')) {
    const [address, , flags, , , device] = line.trim().split(/\s+/);
    if (address === gateway && device === name) return Number.parseInt(flags ?? '', 16) !== 0;
  }
  return undefined;
}

async function listWindows(ctx: CheckContext): Promise<DefaultRoute[]> {
  const rows = await askPowerShell(
    ctx,
    "Get-NetRoute -DestinationPrefix '0.0.0.0/0','::/0' -ErrorAction SilentlyContinue | Select-Object DestinationPrefix, NextHop, InterfaceAlias, RouteMetric, InterfaceMetric",
  );
  return rows.map(({ DestinationPrefix, NextHop, InterfaceAlias, RouteMetric, InterfaceMetric }) => ({
    interface: String(InterfaceAlias),
    ...(NextHop !== '0.0.0.0' && NextHop !== '::' && { gateway: String(NextHop) }),
    // What Windows goes by is the sum of both.
    metric: Number(RouteMetric ?? 0) + Number(InterfaceMetric ?? 0),
    family: DestinationPrefix === '::/0' ? 6 : 4,
  }));
}

async function listMac(ctx: CheckContext): Promise<DefaultRoute[]> {
  const { stdout } = await ctx.exec('/sbin/route', ['-n', 'get', 'default']);
  const find = (key: string) => new RegExp(`^\\s*${key}: (\\S+)`, 'm').exec(stdout)?.[1];
  const [name, gateway] = [find('interface'), find('gateway')];
  return name === undefined
    ? []
    : [{ interface: name, ...(gateway !== undefined && { gateway }), metric: 0, family: 4 }];
}
