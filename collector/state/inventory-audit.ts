import type { Chain } from '../../protocol/inventory.ts';
import type { AuditEntry } from '../ports.ts';

/** What the audit keeps of an import, chain by chain. */
export function inventoryReplaced(chain: Chain, by: string, at: number): AuditEntry {
  const devices = chain.stores.reduce((sum, store) => sum + store.devices.length, 0);
  const detail = `${chain.name}: ${chain.stores.length} stores, ${devices} devices`;
  return { at, who: by, action: 'inventory.replaced', detail };
}
