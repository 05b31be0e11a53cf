import { BlockList, isIP, SocketAddress } from 'node:net';
import { areOctets } from './mac.ts';

/** Of four or sixteen octets; undefined of any other number. */
export function addressOfOctets(octets: ArrayLike<number>): string | undefined {
  if (!areOctets(octets)) return undefined;
  const bytes = Buffer.from(Array.from(octets));
  if (bytes.length === 4) return bytes.join('.');
  if (bytes.length !== 16) return undefined;
  const groups = Array.from({ length: 8 }, (_, at) => bytes.readUInt16BE(at * 2).toString(16));
  return new SocketAddress({ address: groups.join(':'), family: 'ipv6' }).address;
}

/** InetAddress as an index has it: its type, its length, its octets; with a zone or a name it is none of ours. */
export function addressOfIndex([type, length, ...octets]: readonly number[]): string | undefined {
  const isPlain = (type === 1 && length === 4) || (type === 2 && length === 16);
  return isPlain && octets.length === length ? addressOfOctets(octets) : undefined;
}

const own = new BlockList();
own.addSubnet('127.0.0.0', 8);
own.addSubnet('0.0.0.0', 8);
own.addSubnet('169.254.0.0', 16);
own.addSubnet('fe80::', 10, 'ipv6');
own.addAddress('::', 'ipv6');
own.addAddress('::1', 'ipv6');

/** Means something only to the device itself, or on one cable. */
export const isLocal = (address: string): boolean => own.check(address, familyOf(address));

const inside = new BlockList();
inside.addSubnet('10.0.0.0', 8);
inside.addSubnet('172.16.0.0', 12);
inside.addSubnet('192.168.0.0', 16);

/** Of a network behind a router of ours: RFC 1918. */
export const isPrivate = (address: string): boolean => isIP(address) === 4 && inside.check(address);

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** The numbers of an index. */
export const numbersOf = (index: string): number[] => index.split('.').map(Number);
