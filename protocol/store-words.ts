import type { DeviceKey, StoreKey } from './names.ts';

/** The check that stands for a store’s own word about a lane. */
export const STORE_WORD_CHECK = 'store_word';

/** What keeps a lane from selling, as a store’s people see it. */
export const BLOCKED_BY = ['off', 'frozen', 'payment', 'printer', 'drawer', 'other'] as const;
export type BlockedBy = (typeof BLOCKED_BY)[number];

/** A store says that a lane is blocked. */
export interface StoreWord {
  device: DeviceKey;
  /** Milliseconds since 1970. */
  at: number;
  by: BlockedBy;
  /** In their own words; empty where they wrote none. */
  note: string;
}

/** Whether all was well again after an incident, as its store says. */
export interface Satisfaction {
  /** The incident’s number. */
  incident: number;
  store: StoreKey;
  isWell: boolean;
  /** In their own words; empty where they wrote none. */
  note: string;
  at: number;
}
