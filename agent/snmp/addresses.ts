import { isIP } from 'node:net';
import type { Clock } from '../clock.ts';
import type { SnmpDevice } from './options.ts';

/** A name may move to another address. */
const LOOK_EVERY_MS = 600_000;
/** A lookup holds one of the few threads that everything else in the agent shares. */
const AT_ONCE = 2;

/** Where the devices of a configuration are: traps bear addresses only. */
export interface Addresses {
  change(devices: readonly Pick<SnmpDevice, 'name' | 'host'>[]): void;
  /** The same array as long as nothing changed. */
  list(): readonly { name: string; addresses: readonly string[] }[];
  stop(): void;
}

/** @param lookup gives all addresses of a name; rejects, in bounded time, where there is none. */
export function createAddresses(clock: Clock, lookup: (host: string) => Promise<readonly string[]>): Addresses {
  let devices: readonly Pick<SnmpDevice, 'name' | 'host'>[] = [];
  const known = new Map<string, readonly string[]>();
  let list: ReturnType<Addresses['list']> = [];
  const waiting = new Set<string>();
  let underWay = 0;
  let cancel = () => {};

  function relist(): void {
    list = devices.map(({ name, host }) => ({ name, addresses: isIP(host) ? [host] : (known.get(host) ?? []) }));
  }

  async function look(host: string): Promise<void> {
    const found = await lookup(host).catch(() => undefined);
    // One that cannot be found just now is where it was.
    if (!found || found.join() === known.get(host)?.join()) return;
    known.set(host, found);
    relist();
  }

  function lookOn(): void {
    for (const host of waiting) {
      if (underWay >= AT_ONCE) return;
      waiting.delete(host);
      underWay++;
      void look(host).finally(() => {
        underWay--;
        lookOn();
      });
    }
  }

  function lookAll(): void {
    cancel();
    waiting.clear();
    for (const { host } of devices) if (!isIP(host)) waiting.add(host);
    lookOn();
    cancel = clock.after(LOOK_EVERY_MS, lookAll);
  }

  return {
    change(next) {
      devices = next;
      relist();
      lookAll();
    },
    list: () => list,
    stop() {
      cancel();
      waiting.clear();
    },
  };
}
