import type { Device, Inventory, Store } from '../../protocol/inventory.ts';
import { type DeviceKey, deviceKey, type StoreKey, storeKey } from '../../protocol/names.ts';

/** A simulated store with the gateway whose agent speaks for it. */
export interface Site {
  key: StoreKey;
  chain: string;
  store: Store;
  gateway: SiteDevice;
  /** The gateway first. */
  devices: SiteDevice[];
}

interface SiteDevice {
  key: DeviceKey;
  device: Device;
}

/**
 * The stores of the simulated chains. Throws a RangeError when there is none, or when a store has not exactly one
 * device that speaks for itself and for all others: nothing may speak in the name of real tills.
 */
export function sitesOf({ chains }: Inventory): Site[] {
  const sites = chains
    .filter((chain) => chain.simulated === true)
    .flatMap((chain) => chain.stores.map((store) => siteOf(chain.name, store)));
  if (sites.length === 0) throw new RangeError('the inventory has no store that is marked simulated');
  return sites;
}

function siteOf(chain: string, store: Store): Site {
  const devices = store.devices.map((device) => ({ key: deviceKey(chain, store.name, device.name), device }));
  const speakers = devices.filter(({ device }) => device.gateway === undefined);
  const [gateway] = speakers;
  const others = devices.filter((each) => each !== gateway);
  if (!gateway || others.some(({ device }) => device.gateway !== gateway.device.name)) {
    throw new RangeError(`store ${chain}/${store.name} must have one gateway that watches all its other devices`);
  }
  return { key: storeKey(chain, store.name), chain, store, gateway, devices: [gateway, ...others] };
}
