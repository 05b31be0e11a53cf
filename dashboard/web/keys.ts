import type { DeviceKey, StoreKey } from '../../protocol/names.ts';

/** The parts of a store's or device's key, in order: chain, store, device. */
export const partsOf = (key: StoreKey | DeviceKey): string[] => key.split('/');

/** The chain a store or device belongs to. */
export const chainOf = (key: StoreKey | DeviceKey): string => key.slice(0, key.indexOf('/'));

/** A store's own name within its chain: the number people know it by. */
export const numberOf = (key: StoreKey): string => key.slice(key.indexOf('/') + 1);

/** Where a store's page is. */
export const storeHref = (key: StoreKey): string => `/stores/${key}`;

/** Where a device's page is. */
export const deviceHref = (key: DeviceKey): string => `/devices/${key}`;
