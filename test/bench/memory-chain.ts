import type { Device, Inventory } from '../../protocol/inventory.ts';

export const DEVICES_PER_STORE = 16;

export const storeName = (index: number): string => `s${String(index).padStart(5, '0')}`;

/** Stores of 16 devices each: a gateway, which watches the others, ten tills, and what connects them. */
export function memoryChain(stores: number): Inventory {
  return {
    chains: [
      {
        name: 'bench',
        title: 'Bench',
        simulated: true,
        stores: Array.from({ length: stores }, (_, index) => ({
          name: storeName(index),
          title: `Store ${index}`,
          timeZone: 'Europe/Paris',
          region: `Region ${index % 12}`,
          devices: Array.from({ length: DEVICES_PER_STORE }, (_, device) => describe(device)),
        })),
      },
    ],
  };
}

function describe(device: number): Device {
  const name = `d${device}`;
  if (device === 0) return { name, kind: 'gateway' };
  const watched = { name, gateway: 'd0' };
  if (device <= 10) {
    return {
      ...watched,
      kind: 'till',
      title: `Till ${device}`,
      lane: device,
      attributes: { model: 'T4', posVersion: '8.2' },
    };
  }
  const kinds = ['server', 'router', 'switch', 'printer', 'ups'] as const;
  return { ...watched, kind: kinds[device - 11] ?? 'other' };
}
