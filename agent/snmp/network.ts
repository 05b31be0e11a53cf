import { isIP } from 'node:net';

export type Family = 'ipv4' | 'ipv6';

/** The addresses whose first `prefix` bits are those of `address`; what stands behind them there does not matter. */
export interface Network {
  address: string;
  prefix: number;
  family: Family;
}

/** `10.1.0.0/24`, `fd00::/8`, or one address; undefined: it is none of them. */
export function parseNetwork(written: string): Network | undefined {
  const [, address = '', length] = /^([^/%]+)(?:\/(\d{1,3}))?$/.exec(written) ?? [];
  const family = familyOf(address);
  if (!family) return undefined;
  const longest = family === 'ipv4' ? 32 : 128;
  const prefix = Number(length ?? longest);
  return prefix <= longest ? { address, prefix, family } : undefined;
}

/** Undefined: it is no address, but a name perhaps. */
export function familyOf(address: string): Family | undefined {
  const version = isIP(address);
  if (version === 0) return undefined;
  return version === 4 ? 'ipv4' : 'ipv6';
}
