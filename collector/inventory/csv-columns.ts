import type { Asset } from '../../protocol/inventory.ts';
import type { Place } from './findings.ts';

export const COLUMNS = [
  'chain',
  'chain_title',
  'store',
  'store_title',
  'region',
  'time_zone',
  'hours',
  'device',
  'device_title',
  'kind',
  'lane',
  'gateway',
  'serial',
  'asset_tag',
  'warranty_until',
  'contract',
  'supplier',
  'cost_centre',
  'bought_on',
] as const;

/** The columns of what the books say of a device, and what it is called there. */
export const ASSET_COLUMNS = {
  serial: 'serial',
  asset_tag: 'tag',
  warranty_until: 'warrantyUntil',
  contract: 'contract',
  supplier: 'supplier',
  cost_centre: 'costCentre',
  bought_on: 'boughtOn',
} as const satisfies Partial<Record<(typeof COLUMNS)[number], keyof Asset>>;

export const REQUIRED_COLUMNS = [
  'chain',
  'chain_title',
  'store',
  'store_title',
  'time_zone',
  'device',
  'kind',
] as const satisfies readonly (typeof COLUMNS)[number][];

/** Any attribute of a store or a device: `store.carrier`, `device.model`. */
export const isAttributeColumn = (column: string): boolean => /^(store|device)\../.test(column);

/** A column's name as it is meant: spreadsheets and hands vary case and leave spaces. */
export function columnName(header: string): string {
  const [, owner, attribute] = /^(store|device)\.(.*)$/i.exec(header.trim()) ?? [];
  return attribute === undefined ? header.trim().toLowerCase() : `${owner?.toLowerCase()}.${attribute}`;
}

const COLUMN_OF: Record<string, string> = {
  'chain name': 'chain',
  'chain title': 'chain_title',
  'store name': 'store',
  'store title': 'store_title',
  'store timeZone': 'time_zone',
  'store region': 'region',
  'store hours': 'hours',
  'device name': 'device',
  'device title': 'device_title',
  'device kind': 'kind',
  'device lane': 'lane',
  'device gateway': 'gateway',
};

/** The column that holds what stands at a place of the inventory. */
export function columnOf(at: Place): string {
  const owner = at.length <= 3 ? 'chain' : at.length > 5 && at[4] === 'devices' ? 'device' : 'store';
  const [key = 'name', attribute] = at.slice({ chain: 2, store: 4, device: 6 }[owner]);
  if (key === 'attributes' && attribute !== undefined) return `${owner}.${attribute}`;
  if (key === 'asset') return Object.entries(ASSET_COLUMNS).find(([, name]) => name === attribute)?.[0] ?? owner;
  return COLUMN_OF[`${owner} ${key}`] ?? owner;
}
