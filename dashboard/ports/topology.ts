import type { StoreKey } from '../../protocol/names.ts';

/** What says that a device hangs on another: its own announcement, an address table, or the inventory. */
export const LINK_EVIDENCES = ['lldp', 'bridge', 'inventory'] as const;

/** What a device of a store hangs on; devices by their names. */
export interface StoreBranch {
  device: string;
  parent: string;
  /** The port of the parent. */
  port?: string;
  evidence: (typeof LINK_EVIDENCES)[number];
  /** The fact or attribute that says so, and whose it is. */
  basis: { device: string; path: string };
}

/** How the devices of a store are connected. */
export interface TopologySource {
  /** A forest: no device twice, none above itself. Undefined: there is no such store. */
  store(key: StoreKey): Promise<StoreBranch[] | undefined>;
}
