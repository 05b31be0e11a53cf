import type { StoreKey } from '../protocol/names.ts';

/** FNV-1a over the key's UTF-16 units: names are ASCII, so these are its bytes. Never to be changed: rows are placed by it. */
export function storeHash(store: StoreKey): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < store.length; i++) hash = Math.imul(hash ^ store.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** The partition a store belongs to, of `of`. */
export const partitionOf = (store: StoreKey, of: number): number => (of === 1 ? 0 : storeHash(store) % of);
