import type { StorePast } from '../../alerting/backtest/ports.ts';
import { coveredBy } from '../../alerting/engine/maintenance/cover.ts';
import type { Devices } from '../../collector/devices.ts';
import type { StateStore } from '../../collector/ports.ts';
import { chainOf, type StoreKey, storeOf } from '../../protocol/names.ts';
import type { Assets } from '../server/assets.ts';
import { createTopologyFeed } from '../server/topology-feed.ts';

/** Of one store; more than that comes of something that never rests, and says no more. */
const MOST_EVIDENCE = 200_000;
const MOST_INCIDENTS = 20_000;

export interface StorePastRooms {
  state: Pick<StateStore, 'availability' | 'incidents' | 'judged' | 'maintenance'>;
  assets: Pick<Assets, 'allObserved' | 'toldOf' | 'storesWith'>;
  devices: Devices;
}

/** What stores are judged by beside their readings: the inventory, its tree and planned work as they are now. */
export async function openStorePasts({ state, assets, devices }: StorePastRooms) {
  const stores = devices.judged().flatMap((chain) => chain.stores.map(({ name }): StoreKey => `${chain.name}/${name}`));
  const trees = new Map(
    await createTopologyFeed({ devices, assets, submit: async () => {}, onTrouble: () => {} }).begin(stores),
  );
  const observed = Map.groupBy(await assets.allObserved(), ([device]) => storeOf(device));
  const windows = (await state.maintenance.list()).map(({ window }) => ({ window, covers: coveredBy(window) }));

  return async (key: StoreKey, from: number, to: number): Promise<StorePast | undefined> => {
    const definition = devices.store(key);
    if (!definition) return undefined;
    const { availability, judged } = state;
    const incidents = await state.incidents({ store: key, since: from, limit: MOST_INCIDENTS });
    return {
      key,
      simulated: devices.chain(chainOf(key))?.simulated === true,
      definition,
      observed: observed.get(key) ?? [],
      tree: trees.get(key),
      windows: windows.filter(({ covers }) => covers({ key, definition })).map(({ window }) => window),
      evidence: await judged.evidence(key, from, to, MOST_EVIDENCE),
      late: await availability.evidence(key, from, to),
      opened: incidents.map(({ cause, openedAt, resolvedAt }) => ({
        target: cause.target,
        openedAt,
        ...(resolvedAt !== undefined && { resolvedAt }),
      })),
    };
  };
}
