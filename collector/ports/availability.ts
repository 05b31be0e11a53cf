import type { EvidenceSpan, Standing } from '../../alerting/ports.ts';
import type { StoreKey } from '../../protocol/names.ts';

/** History as it was written with the commits: how stores stood, and what late reports prove. */
export interface AvailabilityStore {
  /** From before `to`, oldest first, beginning with the one in force at `from`, if there is one. Milliseconds since 1970. */
  standings(store: StoreKey, from: number, to: number): Promise<Standing[]>;
  /** Spans of the store's devices that touch the time between, in the order they begin. */
  evidence(store: StoreKey, from: number, to: number): Promise<EvidenceSpan[]>;
  /**
   * Forgets what was over before, some thousand rows at a time: what is left goes at the next calls. How a store stood at
   * that very instant stays known.
   */
  forget(before: number): Promise<void>;
}
