import type { Store } from '../protocol/inventory.ts';
import type { MajorView } from '../protocol/majors.ts';
import type { DeviceKey, StoreKey } from '../protocol/names.ts';
import type { DeviceView, IncidentView, StoreTile } from '../protocol/views.ts';
import type { DevicePresence } from './engine/engine.ts';

/** What is known by heart of a set of stores, for those who look. */
export interface StoreLook {
  /** All stores as they were last shown; incidents open, and those resolved in the last hour. */
  snapshot(): { stores: StoreTile[]; incidents: IncidentView[]; majors?: MajorView[] };
  store(key: StoreKey): { tile: StoreTile; definition: Store; devices: DeviceView[] } | undefined;
  devices(filter: { store?: StoreKey }): DeviceView[];
  device(key: DeviceKey): DeviceView | undefined;
  presences(store: StoreKey): DevicePresence[];
}
