import { isDeepStrictEqual } from 'node:util';
import type { ToldTree } from '../../alerting/engine/tree.ts';
import type { EngineEvent } from '../../alerting/engine/types.ts';
import type { Devices } from '../../collector/devices.ts';
import { storeTree } from '../../collector/topology/store-tree.ts';
import { type Facts, pathParts } from '../../protocol/facts.ts';
import { type DeviceKey, type StoreKey, storeOf } from '../../protocol/names.ts';
import type { Assets } from './assets.ts';

export interface TopologyFeedRooms {
  devices: Pick<Devices, 'store'>;
  assets: Pick<Assets, 'toldOf' | 'storesWith'>;
  /** Has an event judged. Rejects when the partition is being let go. */
  submit: (event: EngineEvent) => Promise<void>;
  onTrouble: (error: Error) => void;
}

/** Tells the judge of a partition how the devices of its stores are connected, by what they tell of one another. */
export interface TopologyFeed {
  /** What is known of these stores; those of which nothing is are left out. To be judged before anything else. */
  begin(stores: Iterable<StoreKey>): Promise<[StoreKey, ToldTree][]>;
  /** A device told what it is made of, and it is kept. */
  noteFacts(device: DeviceKey, facts: Facts['facts']): void;
  /** These stores have other devices now. */
  noteStores(stores: Iterable<StoreKey>): void;
  stop(): void;
}

/** In which devices tell whom they see. */
const SIGHTS = ['neighbour', 'station'] as const;
/** In which devices tell who they are, to those who see them. */
const NAMES = ['own', 'network', 'address', 'os', 'machine'] as const;
/** Devices that come back tell all at once: one look for all of them. */
const GATHER_MS = 1_000;

export function createTopologyFeed({ devices, assets, submit, onTrouble }: TopologyFeedRooms): TopologyFeed {
  const sent = new Map<StoreKey, ToldTree>();
  /** Stores of which any device tells whom it sees: in others nothing can come of it. */
  const seeing = new Set<StoreKey>();
  const waiting = new Set<StoreKey>();
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  async function treeOf(key: StoreKey): Promise<ToldTree> {
    const store = devices.store(key);
    if (!store) return {};
    const told = await assets.toldOf(store.devices.map(({ name }): DeviceKey => `${key}/${name}`));
    const seen = [...storeTree(store.devices, told)].filter(([, { evidence }]) => evidence !== 'inventory');
    return Object.fromEntries(
      seen.map(([name, { parent, port, evidence }]) => [
        name,
        { parent, ...(port !== undefined && { port }), evidence },
      ]),
    );
  }

  function wait(key: StoreKey): void {
    if (!seeing.has(key) || isStopped) return;
    waiting.add(key);
    timer ??= setTimeout(() => void tell(), GATHER_MS);
  }

  async function tell(): Promise<void> {
    const stores = [...waiting];
    waiting.clear();
    for (const store of stores) {
      if (isStopped) return;
      try {
        const parents = await treeOf(store);
        if (isDeepStrictEqual(parents, sent.get(store) ?? {})) continue;
        await submit({ kind: 'topology', store, parents });
        sent.set(store, parents);
      } catch (error) {
        if (isStopped) return;
        waiting.add(store);
        onTrouble(error as Error);
      }
    }
    timer = waiting.size > 0 && !isStopped ? setTimeout(() => void tell(), GATHER_MS) : undefined;
  }

  return {
    async begin(stores) {
      const served = new Set(stores);
      for (const key of await assets.storesWith(SIGHTS)) if (served.has(key)) seeing.add(key);
      for (const key of seeing) {
        const parents = await treeOf(key);
        if (Object.keys(parents).length > 0) sent.set(key, parents);
      }
      return [...sent];
    },
    noteFacts(device, facts) {
      const store = storeOf(device);
      const sections = new Set(Object.keys(facts).map((path) => pathParts(path).section));
      if (SIGHTS.some((section) => sections.has(section))) seeing.add(store);
      if (seeing.has(store) && [...SIGHTS, ...NAMES].some((section) => sections.has(section))) wait(store);
    },
    noteStores(stores) {
      for (const key of stores) wait(key);
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
