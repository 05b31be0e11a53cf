import { BlockList } from 'node:net';
import type { Words } from '../../words.ts';
import { parseNetwork } from '../network.ts';

/** A network of IPv4, from its first address to its last, as numbers. */
interface Range {
  prefix: number;
  first: number;
  last: number;
}

/** A sweep of more addresses than a /20 has is none of one store. */
const PREFIX_MIN = 20;
/** Networks smaller than this have no address for themselves, nor one for all: RFC 3021. */
const PREFIX_OF_PAIRS = 31;

// No single host bears any of these.
const noHost = new BlockList();
noHost.addSubnet('0.0.0.0', 8);
noHost.addSubnet('224.0.0.0', 3);

/** Why a range is not swept; names it. */
export class RangeRefused extends Error {
  readonly words: Words;

  constructor(words: Words) {
    super(words.en);
    this.name = 'RangeRefused';
    this.words = words;
  }
}

/** What is wrong with a range that stands in a configuration; undefined: nothing. */
export function faultInRange(written: string): Words | undefined {
  const range = parseRange(written);
  if (!range) {
    return {
      fr: `${written}\u202f: un réseau IPv4 est attendu, comme 10.1.0.0/24, ou une seule adresse`,
      en: `${written}: a network of IPv4 is expected, such as 10.1.0.0/24, or a single address`,
    };
  }
  if (range.prefix >= PREFIX_MIN) return undefined;
  return {
    fr: `${written}\u202f: trop grand\u202f; au plus un /${PREFIX_MIN} (4096 adresses) à la fois`,
    en: `${written}: too large; a /${PREFIX_MIN} at most (4096 addresses) at a time`,
  };
}

/**
 * The addresses of the ranges, each once, in their order, without those of networks themselves and of broadcasts.
 * @throws RangeRefused for a range that is none, too large, or not wholly within those that are allowed.
 */
export function addressesIn(ranges: readonly string[], allowed: readonly string[]): string[] {
  const open = allowed.map(parseRange).filter((range) => range !== undefined);
  const addresses = new Set<number>();
  for (const written of ranges) {
    const fault = faultInRange(written);
    if (fault) throw new RangeRefused(fault);
    const range = parseRange(written) as Range;
    for (let address = range.first; address <= range.last; address++) {
      const around = open.filter(({ first, last }) => first <= address && address <= last);
      if (around.length === 0) throw new RangeRefused(notAllowed(written, allowed));
      if ([range, ...around].every((network) => isHostOf(network, address))) addresses.add(address);
    }
  }
  return [...addresses].map(textOf);
}

const notAllowed = (written: string, allowed: readonly string[]): Words => ({
  fr: `${written}\u202f: hors de ce que snmp.discovery.ranges permet (${allowed.join(', ')})`,
  en: `${written}: outside of what snmp.discovery.ranges allows (${allowed.join(', ')})`,
});

const isHostOf = ({ prefix, first, last }: Range, address: number) =>
  prefix >= PREFIX_OF_PAIRS || (address !== first && address !== last);

function parseRange(written: string): Range | undefined {
  const network = parseNetwork(written);
  if (network?.family !== 'ipv4' || noHost.check(network.address)) return undefined;
  const { address, prefix } = network;
  const size = 2 ** (32 - prefix);
  const first = Math.floor(numberOf(address) / size) * size;
  return { prefix, first, last: first + size - 1 };
}

/** In the order of their numbers. */
export const compareAddresses = (a: string, b: string): number => numberOf(a) - numberOf(b);

const numberOf = (address: string): number =>
  address.split('.').reduce((number, octet) => number * 256 + Number(octet), 0);

const textOf = (address: number): string => [24, 16, 8, 0].map((bits) => (address >>> bits) & 255).join('.');
