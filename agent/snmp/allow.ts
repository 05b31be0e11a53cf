import { BlockList } from 'node:net';
import { familyOf, parseNetwork } from './network.ts';

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

/** The networks of which another than the device's own file may name hosts; each is right already. */
export function allowedNetworks(written: readonly string[] = PRIVATE): Allowed {
  const networks = new BlockList();
  for (const network of written.map(parseNetwork)) {
    if (network) networks.addSubnet(network.address, network.prefix, network.family);
  }
  return { written, networks };
}

/** What is wrong with a network; begins with its path. */
export const faultInNetwork = (written: string, path: string): string[] =>
  parseNetwork(written)
    ? []
    : [`${path}: ${written}: a network such as 10.1.0.0/24 or fd00::/8, or an address is expected`];

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
