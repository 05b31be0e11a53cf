import type { Locale } from '../../protocol/inventory.ts';
import type { DeviceKey, StoreKey } from '../../protocol/names.ts';
import type { BlockedBy, Satisfaction, StoreWord } from '../../protocol/store-words.ts';

/** The pages stores have for themselves: what makes their links good, and what their people say there. */
export interface StorePagePort {
  /** Signs the links. 32 bytes, the same on every collector. */
  key: Uint8Array;
  /** Where people open the dashboard, without a slash at the end; undefined where nobody has said. */
  publicUrl: string | undefined;
  /** The language of a store’s people. */
  localeOf(store: StoreKey): Locale;
  /** Links of an earlier generation are good no more. */
  generation(store: StoreKey): Promise<number>;
  /** Makes every link there was of the store worthless. Gives the new generation. */
  revoke(store: StoreKey, by: string): Promise<number>;
  /** Lanes the store says are blocked. */
  words(store: StoreKey): Promise<StoreWord[]>;
  /** Judged, committed and kept when it resolves. */
  blocked(device: DeviceKey, by: BlockedBy, note: string): Promise<void>;
  /** The same of a lane that sells again. */
  works(device: DeviceKey): Promise<void>;
  /** Kept when it resolves; what is not well is told to those who deal with the incident, where it is still open. */
  answer(answer: Omit<Satisfaction, 'at'>): Promise<void>;
  answerTo(incident: number): Promise<Satisfaction | undefined>;
  /** Given from `from` on and before `to`, ms since 1970, oldest first. */
  answers(from: number, to: number): Promise<Satisfaction[]>;
}
