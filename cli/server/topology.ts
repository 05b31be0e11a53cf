import type { Devices } from '../../collector/devices.ts';
import { storeTree } from '../../collector/topology/store-tree.ts';
import type { TopologySource } from '../../dashboard/ports.ts';
import type { Assets } from './assets.ts';

/** How the devices of a store are connected, by what is known of them now. */
export const createTopology = (devices: Pick<Devices, 'store'>, assets: Pick<Assets, 'toldIn'>): TopologySource => ({
  async store(key) {
    const store = devices.store(key);
    if (!store) return undefined;
    const tree = storeTree(store.devices, await assets.toldIn(key));
    return [...tree].map(([device, branch]) => ({ device, ...branch }));
  },
});
