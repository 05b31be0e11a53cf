import type { Chain } from '../protocol/inventory.ts';
import { type StoreKey, storeKey } from '../protocol/names.ts';
import type { Partition } from './ports.ts';

/** FNV-1a over the key's UTF-16 units: names are ASCII, so these are its bytes. Never to be changed: rows are placed by it. */
export function storeHash(store: StoreKey): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < store.length; i++) hash = Math.imul(hash ^ store.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** The partition a store belongs to, of `of`. */
export const partitionOf = (store: StoreKey, of: number): number => (of === 1 ? 0 : storeHash(store) % of);

/** The chains with the stores of one partition only. */
export function shareOf(chains: readonly Chain[], { index, of }: Partition): Chain[] {
  if (of === 1) return [...chains];
  return chains.map((chain) => ({
    ...chain,
    stores: chain.stores.filter(({ name }) => partitionOf(storeKey(chain.name, name), of) === index),
  }));
}

/** Keys of all stores of these chains. */
export const storeKeysOf = (chains: readonly Chain[]): StoreKey[] =>
  chains.flatMap((chain) => chain.stores.map(({ name }) => storeKey(chain.name, name)));
