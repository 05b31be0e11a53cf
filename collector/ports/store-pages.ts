import type { DeviceKey, StoreKey } from '../../protocol/names.ts';
import type { Satisfaction, StoreWord } from '../../protocol/store-words.ts';

/** What stores say on their own pages, and what makes their links good. */
export interface StorePageStore {
  /** Links of an earlier generation are good no more; 1 until it is raised. */
  generation(store: StoreKey): Promise<number>;
  /** Gives the new one. */
  raiseGeneration(store: StoreKey): Promise<number>;
  /** Lanes that are said to be blocked, of one store or of all, in the order of their devices. */
  words(store?: StoreKey): Promise<StoreWord[]>;
  /** Replaces what was said of this lane before. */
  putWord(word: StoreWord): Promise<void>;
  /** False: nothing was said of it. */
  endWord(device: DeviceKey): Promise<boolean>;
  /** Replaces what the store has answered about this incident before. */
  answer(answer: Satisfaction): Promise<void>;
  answerTo(incident: number): Promise<Satisfaction | undefined>;
  /** Given from `from` on and before `to`, ms since 1970, oldest first. */
  answers(from: number, to: number): Promise<Satisfaction[]>;
}
