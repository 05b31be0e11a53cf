import type { JudgedEvidence } from '../../alerting/ports.ts';
import type { StoreKey } from '../../protocol/names.ts';

/** What stores were judged by beside their readings, as it was written with the commits. */
export interface JudgedStore {
  /**
   * Oldest first: what was in force at `from` of each device and each check, then all before `to`. Of more than `limit`
   * it is the newest, and before them what was in force when they begin. Milliseconds since 1970.
   */
  evidence(store: StoreKey, from: number, to: number, limit: number): Promise<JudgedEvidence[]>;
  /** When the oldest that is kept was judged; undefined while there is none. */
  oldestAt(): Promise<number | undefined>;
  /** Forgets what was judged before, some thousand rows at a time. Resolves to whether nothing is left to forget. */
  forget(before: number): Promise<boolean>;
}
