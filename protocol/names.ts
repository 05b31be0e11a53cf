import { Type } from 'typebox';

/** What a chain, store or device may be called on the wire: it becomes one MQTT topic level and one URL segment. */
export const NAME_PATTERN = '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$';

export const Name = Type.String({
  pattern: NAME_PATTERN,
  description: 'Letters, digits, dot, underscore and hyphen; 64 at most; starts with a letter or digit.',
});

/** `chain/store`: the identity of a store in the whole installation. */
export type StoreKey = `${string}/${string}`;

/** `chain/store/device`: the identity of a device in the whole installation. */
export type DeviceKey = `${string}/${string}/${string}`;

export const storeKey = (chain: string, store: string): StoreKey => `${chain}/${store}`;

export const deviceKey = (chain: string, store: string, device: string): DeviceKey => `${chain}/${store}/${device}`;

/** The store a device stands in. */
export const storeOf = (device: DeviceKey): StoreKey => device.slice(0, device.lastIndexOf('/')) as StoreKey;

/** A device's or store's own name, the last part of its key. */
export const nameOf = (device: DeviceKey | StoreKey): string => device.slice(device.lastIndexOf('/') + 1);

/** The chain a store belongs to. */
export const chainOf = (key: StoreKey | DeviceKey): string => key.slice(0, key.indexOf('/'));
