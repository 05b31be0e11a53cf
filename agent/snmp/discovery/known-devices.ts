import { isIPv4 } from 'node:net';
import type { Clock } from '../../clock.ts';
import type { SnmpDevice } from '../options.ts';
import type { KnownDevice } from './found.ts';

const LOOKUP_MS = 3000;

/** Finds the IPv4 address of a name; rejects where there is none. */
export type Lookup = (name: string) => Promise<string>;

/** The configured devices by their addresses; one whose name leads to none is left out. */
export async function addressesOf(
  devices: readonly Pick<SnmpDevice, 'name' | 'host' | 'port' | 'credential'>[],
  lookup: Lookup,
  clock: Clock,
): Promise<KnownDevice[]> {
  const found = await Promise.all(
    devices.map(async ({ name, host, port, credential }) => {
      const address = isIPv4(host) ? host : await inTime(lookup(host), clock);
      return address === undefined ? undefined : { name, address, port, credential };
    }),
  );
  return found.filter((device) => device !== undefined);
}

/** The system's own search for a name knows no end worth waiting for. */
function inTime(search: Promise<string>, clock: Clock): Promise<string | undefined> {
  return new Promise((resolve) => {
    const cancel = clock.after(LOOKUP_MS, () => resolve(undefined));
    search.then(resolve, () => resolve(undefined)).finally(cancel);
  });
}
