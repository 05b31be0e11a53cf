import type { EngineEvent } from '../../alerting/engine/types.ts';
import { AssetIndex } from '../../collector/facts/asset-index.ts';
import { FactsKeeper } from '../../collector/facts/facts-keeper.ts';
import type { StateStore } from '../../collector/ports.ts';
import type { Told } from '../../collector/topology/identities.ts';
import type { AssetSource } from '../../dashboard/ports.ts';
import { ASSET_COLUMNS } from '../../protocol/asset-columns.ts';
import type { Facts } from '../../protocol/facts.ts';
import type { Chain } from '../../protocol/inventory.ts';
import type { DeviceKey, StoreKey } from '../../protocol/names.ts';

/** What devices are made of: kept as agents tell it, known by rules, and found by people. */
export interface Assets extends AssetSource {
  /** Keeps what an agent told of a device. Resolves to what judgement has to know of it. */
  take(device: DeviceKey, told: Facts, at: number): Promise<EngineEvent | undefined>;
  /** What rules may ask of a device. */
  observed(device: DeviceKey): Record<string, string> | undefined;
  /** Since when a device has what was installed on it lately, ms since 1970. */
  installed(device: DeviceKey): Readonly<Record<string, number>> | undefined;
  /** What rules may ask of all devices, as it is kept now. */
  allObserved(): Promise<Iterable<readonly [DeviceKey, Record<string, string>]>>;
  /** All that was told of the devices of a store, by their names. */
  toldIn(store: StoreKey): Promise<Map<string, Told>>;
  /** All that was told of these devices, by their names. */
  toldOf(devices: Iterable<DeviceKey>): Promise<Map<string, Told>>;
  /** Stores with a device that told of one of these sections. */
  storesWith(sections: readonly string[]): Promise<Set<StoreKey>>;
  /** All that was told of devices that have such a section. */
  toldWith(section: string): Promise<[DeviceKey, Told][]>;
  /** The clock was set by so much. */
  clockStepped(byMs: number): void;
  close(): void;
}

/** Others keep what their agents tell: look this often. */
const LOOK_MS = 30_000;

export interface AssetsOptions {
  state: StateStore;
  /** The inventory as it is now. */
  chains: () => Chain[];
  /** Milliseconds since 1970. */
  now?: () => number;
  /** Devices tell something new of themselves, here or through another collector. */
  onTold?: (devices: readonly DeviceKey[]) => void;
}

export function createAssets({ state, chains, now, onTold = () => {} }: AssetsOptions): Assets {
  const index = new AssetIndex(state.facts, chains, now);
  const keeper = new FactsKeeper(state.facts);
  // A store that is away tells of itself elsewhere.
  const look = async () => onTold(await index.refresh());
  const timer = setInterval(() => void look().catch(() => {}), LOOK_MS);
  return {
    columns: ASSET_COLUMNS,
    search: (query, page) => index.search(query, page),
    all: (query) => index.all(query),
    device: (key) => index.device(key),
    changes: (query) => state.facts.history(query),
    async take(device, told, at) {
      const event = await keeper.take(device, told, at);
      // Judgement reads it here with the event; where the store fails now, at the next look.
      if (event) await look().catch(() => {});
      return event;
    },
    observed: (device) => index.observed(device),
    installed: (device) => index.installed(device),
    async toldIn(store) {
      await look();
      return index.toldIn(store);
    },
    async toldOf(keys) {
      await look();
      return index.toldOf(keys);
    },
    async storesWith(sections) {
      await look();
      return index.storesWith(sections);
    },
    async toldWith(section) {
      await look();
      return index.toldWith(section);
    },
    async allObserved() {
      await look();
      return index.allObserved();
    },
    clockStepped: (byMs) => index.clockStepped(byMs),
    close: () => clearInterval(timer),
  };
}
