import type { StoreKey } from '../../protocol/names.ts';
import type { StoreAvailability } from '../../protocol/views.ts';

/** How stores stood over time. */
export interface AvailabilityPort {
  /** From `from` up to `to`, milliseconds since 1970; nothing after now. */
  store(store: StoreKey, from: number, to: number): Promise<StoreAvailability>;
}
