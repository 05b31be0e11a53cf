import type { StoreKey } from '../../protocol/names.ts';

/** Something found in a store that a person wants no proposal of, until it is something else. */
export interface Dismissal {
  store: StoreKey;
  /** Where it was found. */
  address: string;
  /** What it was then. */
  identity: string;
  who: string;
  why: string;
  /** Milliseconds since 1970. */
  at: number;
}

export interface DiscoveryStore {
  dismissals(): Promise<Dismissal[]>;
  /** Replaces what was said of this address before. */
  dismiss(dismissal: Dismissal): Promise<void>;
  /** False: nothing was said of it. */
  recall(store: StoreKey, address: string): Promise<boolean>;
}
