import type { EngineEvent } from '../alerting/engine/types.ts';
import type { Chain, Device, Store } from '../protocol/inventory.ts';
import { type DeviceKey, deviceKey, type StoreKey, storeKey } from '../protocol/names.ts';
import { withHolidays } from './inventory/with-holidays.ts';

/** The inventory as the collector looks things up in it. */
export class Devices {
  #chains = new Map<string, Chain>();
  readonly #judged = new Map<string, Chain>();
  readonly #devices = new Map<DeviceKey, Device>();
  readonly #stores = new Map<StoreKey, Store>();

  constructor(chains: readonly Chain[]) {
    this.replace(chains);
  }

  /** Replaces the chains named and leaves the others. Returns what judgement has to know of it. */
  replace(chains: readonly Chain[]): EngineEvent[] {
    const events: EngineEvent[] = [];
    for (const chain of chains) {
      const gone = new Set(this.#chains.get(chain.name)?.stores.map((store) => storeKey(chain.name, store.name)));
      this.#forget(chain.name);
      this.#chains.set(chain.name, chain);
      const simulated = chain.simulated === true;
      const stores = chain.stores.map((store) => withHolidays(chain, store));
      this.#judged.set(chain.name, { ...chain, stores });
      for (const store of stores) {
        const key = storeKey(chain.name, store.name);
        gone.delete(key);
        this.#stores.set(key, store);
        for (const device of store.devices) this.#devices.set(deviceKey(chain.name, store.name, device.name), device);
        events.push({ kind: 'inventory', store: key, simulated, definition: store });
      }
      for (const key of gone) events.push({ kind: 'inventory', store: key, simulated, definition: undefined });
    }
    return events;
  }

  device(key: DeviceKey): Device | undefined {
    return this.#devices.get(key);
  }

  store(key: StoreKey): Store | undefined {
    return this.#stores.get(key);
  }

  chain(name: string): Chain | undefined {
    return this.#chains.get(name);
  }

  /** As they are written. */
  chains(): Chain[] {
    return [...this.#chains.values()];
  }

  /** The same, each store with the holidays it keeps: what is judged. */
  judged(): Chain[] {
    return [...this.#judged.values()];
  }

  #forget(name: string): void {
    for (const store of this.#chains.get(name)?.stores ?? []) {
      this.#stores.delete(storeKey(name, store.name));
      for (const device of store.devices) this.#devices.delete(deviceKey(name, store.name, device.name));
    }
    this.#chains.delete(name);
    this.#judged.delete(name);
  }
}
