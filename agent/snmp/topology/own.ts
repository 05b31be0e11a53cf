import type { Snapshot } from '../evaluate/snapshot.ts';
import type { Interface } from '../reading.ts';
import { numberOf } from '../value.ts';
import { addressOfIndex, addressOfOctets, isLocal, numbersOf } from './address.ts';
import { isShared, macOf, macOfOctets } from './mac.ts';
import type { Ports } from './ports.ts';

// IP-MIB ipAddrTable and ipAddressTable: the ifIndex of each address.
const OLD_ADDRESSES = '1.3.6.1.2.1.4.20.1.2';
const ADDRESSES = '1.3.6.1.2.1.4.34.1.3';
export const ADDRESS_COLUMNS = [OLD_ADDRESSES, ADDRESSES];

// BRIDGE-MIB dot1dBaseBridgeAddress and LLDP-MIB lldpLocChassisId: the MAC neighbours know a switch by.
const CHASSIS = ['1.3.6.1.2.1.17.1.1.0', '1.0.8802.1.1.2.1.3.2.0'];
export const OWN_SCALARS = CHASSIS;

/** Its MACs, each with the first interface that bears it; `chassis` where none does. */
export function ownMacs(snapshot: Snapshot, interfaces: readonly Interface[], ports: Ports): Map<string, string> {
  const macs = new Map<string, string>();
  const add = (mac: string | undefined, name: string) => {
    if (mac && !isShared(mac) && !macs.has(mac)) macs.set(mac, name);
  };
  for (const { index, mac } of interfaces) add(mac && usable(mac), ports.at(index) ?? String(index));
  for (const oid of CHASSIS) add(macOf(snapshot.get(oid)), 'chassis');
  return macs;
}

const usable = (mac: string) => macOfOctets(Buffer.from(mac.replaceAll(':', ''), 'hex'));

/** Its addresses that others may use, each with its interface; IPv4 first. */
export function ownAddresses(snapshot: Snapshot, ports: Ports): Map<string, string> {
  const addresses = new Map<string, string>();
  const add = (address: string | undefined, index: number | undefined) => {
    if (address && !isLocal(address) && !addresses.has(address)) addresses.set(address, ports.at(index) ?? `${index}`);
  };
  for (const { index, value } of snapshot.rows(OLD_ADDRESSES)) add(addressOfOctets(numbersOf(index)), numberOf(value));
  for (const { index, value } of snapshot.rows(ADDRESSES)) add(addressOfIndex(numbersOf(index)), numberOf(value));
  return addresses;
}
