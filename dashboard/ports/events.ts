import type { DeviceEvent } from '../../protocol/events.ts';
import type { DeviceKey } from '../../protocol/names.ts';

/** Where a page of events ended. */
export interface EventPlace {
  at: number;
  id: number;
}

/** What devices told by themselves. */
export interface DeviceEventSource {
  /** Newest first; `after` is the last one of the page before. */
  list(device: DeviceKey, page: { limit: number; after?: EventPlace }): Promise<(DeviceEvent & { id: number })[]>;
}
