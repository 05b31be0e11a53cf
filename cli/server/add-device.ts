import type { Devices } from '../../collector/devices.ts';
import type { Chain, Device } from '../../protocol/inventory.ts';
import { chainOf, type DeviceKey, nameOf, storeOf } from '../../protocol/names.ts';

/** Puts a device into its store in the inventory; kept and judged when it resolves. */
export const deviceAdder =
  (devices: Pick<Devices, 'chain'>, importChains: (chains: readonly Chain[], by: string) => Promise<void>) =>
  async (key: DeviceKey, device: Device, by: string): Promise<void> => {
    const chain = devices.chain(chainOf(key));
    const store = nameOf(`${storeOf(key)}` as DeviceKey);
    if (!chain) throw new Error(`${key}: the chain has left the inventory`);
    const stores = chain.stores.map((each) =>
      each.name === store ? { ...each, devices: [...each.devices, device] } : each,
    );
    await importChains([{ ...chain, stores }], by);
  };
