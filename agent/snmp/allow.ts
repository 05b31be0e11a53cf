import { BlockList, isIP } from 'node:net';

/** Where a store's devices stand: private networks, those of carriers, and what is link-local. */
const PRIVATE = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  'fd00::/8',
  'fe80::/10',
] as const;

/** Networks, as they were written and to be asked. */
interface Allowed {
  written: readonly string[];
  networks: BlockList;
}

type Family = 'ipv4' | 'ipv6';

/** The networks of which another than the device's own file may name hosts; each is right already. */
export function allowedNetworks(written: readonly string[] = PRIVATE): Allowed {
  const networks = new BlockList();
  for (const network of written.map(parse)) if (network) networks.addSubnet(...network);
  return { written, networks };
}

/** What is wrong with a network; begins with its path. */
export const faultInNetwork = (written: string, path: string): string[] =>
  parse(written) ? [] : [`${path}: ${written}: a network such as 10.1.0.0/24 or fd00::/8, or an address is expected`];

/** Why no secret goes to a host that another names, and what its own file needs for it; begins with its path. */
export function faultInHost(host: string, path: string, { written, networks }: Allowed): string[] {
  const family = familyOf(host);
  if (!family)
    return [
      `${path}: ${host}: an address is expected here; a name only of a host in snmpDevices of the device's own file`,
    ];
  if (networks.check(host, family)) return [];
  return [
    `${path}: ${host} is outside of ${written.join(', ')}; to allow it, add it to snmp.allow of the device's own file`,
  ];
}

/** `10.1.0.0/24`, `fd00::/8`, or one address. */
function parse(written: string): [address: string, prefix: number, family: Family] | undefined {
  const [, address = '', length] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(written) ?? [];
  const family = familyOf(address);
  if (!family) return undefined;
  const longest = family === 'ipv4' ? 32 : 128;
  const prefix = Number(length ?? longest);
  return prefix <= longest ? [address, prefix, family] : undefined;
}

function familyOf(address: string): Family | undefined {
  const version = isIP(address);
  if (version === 0) return undefined;
  return version === 4 ? 'ipv4' : 'ipv6';
}
