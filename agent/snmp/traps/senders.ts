import { isIP, SocketAddress } from 'node:net';

/** A device whose traps are taken, and the addresses it sends from. */
export interface Sender {
  name: string;
  addresses: readonly string[];
}

/** One that sent something and is no device of ours. */
export interface Stranger {
  address: string;
  /** What it sent last, and when (milliseconds since 1970). */
  what: string;
  at: number;
  count: number;
}

export interface Strangers {
  /** True where it is to be told: once an hour of one address, and not more than ten an hour. */
  take(address: string, what: string, at: number, nowMs: number): boolean;
  /** The last 50, the newest last. */
  kept(): readonly Stranger[];
  /** Messages of all strangers. */
  count(): number;
}

const KEPT = 50;
const HOUR_MS = 3_600_000;
const TOLD_PER_HOUR = 10;

/** One address may be written in several ways. */
export function sameAddress(address: string): string {
  const [bare = ''] = address.split('%');
  if (isIP(bare) !== 6) return bare;
  const written = new SocketAddress({ address: bare, family: 'ipv6' }).address;
  return written.startsWith('::ffff:') && isIP(written.slice(7)) === 4 ? written.slice(7) : written;
}

/** The device that has an address; of two that have it the first. */
export function createFinder(devices: () => readonly Sender[]): (address: string) => string | undefined {
  let known: readonly Sender[] | undefined;
  let names = new Map<string, string>();
  return (address) => {
    const now = devices();
    if (now !== known) {
      known = now;
      const pairs = now.flatMap(({ name, addresses }) => addresses.map((each) => [sameAddress(each), name] as const));
      names = new Map(pairs.reverse());
    }
    return names.get(sameAddress(address));
  };
}

export function createStrangers(): Strangers {
  const kept = new Map<string, Stranger & { toldMs: number }>();
  let total = 0;
  let hour = { sinceMs: Number.NEGATIVE_INFINITY, told: 0 };

  return {
    take(address, what, at, nowMs) {
      total++;
      if (nowMs - hour.sinceMs >= HOUR_MS) hour = { sinceMs: nowMs, told: 0 };
      const before = kept.get(address);
      const isDue = (before === undefined || nowMs - before.toldMs >= HOUR_MS) && hour.told < TOLD_PER_HOUR;
      if (isDue) hour.told++;
      kept.delete(address);
      const toldMs = isDue ? nowMs : (before?.toldMs ?? Number.NEGATIVE_INFINITY);
      kept.set(address, { address, what, at, count: (before?.count ?? 0) + 1, toldMs });
      const [oldest] = kept.keys();
      if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
      return isDue;
    },
    kept: () => Array.from(kept.values(), ({ address, what, at, count }) => ({ address, what, at, count })),
    count: () => total,
  };
}
