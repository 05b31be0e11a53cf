import type { DeviceEvent } from '../../protocol/events.ts';
import type { DeviceKey } from '../../protocol/names.ts';

/** What a device told by itself; `at` by the server's clock. */
export interface ToldEvent {
  device: DeviceKey;
  event: DeviceEvent;
}

/** An event as it is read back; `id` and its time tell where a page ended. */
export interface KeptEvent extends DeviceEvent {
  id: number;
}

/** Events kept of each device, the newest; older ones go. */
export const EVENTS_KEPT = 500;

/** What devices told by themselves, of all partitions; written with the commit of the report that brought it. */
export interface EventsStore {
  /** Newest first; `after` is the last one of the page before. */
  list(device: DeviceKey, page: { limit: number; after?: Pick<KeptEvent, 'at' | 'id'> }): Promise<KeptEvent[]>;
}
