import { shareOf } from './share-of.ts';
import type { StoreEntry, Turn } from './state.ts';

const HOUR_MS = 3_600_000;
/** After a start, the first time: early enough that starts an hour apart do not undo one another's. */
const FIRST_MS = 15 * 60_000;

/** What was learnt is kept with the store once an hour, each store at its own minute. */
export function keepLearnt(store: StoreEntry, turn: Turn): void {
  if (store.learntSavedAt === 0) store.learntSavedAt = turn.now - HOUR_MS + (1 + shareOf(store.key)) * FIRST_MS;
  if (turn.now - store.learntSavedAt >= HOUR_MS) keepNow(store, turn);
}

/** The same, where an alert would come late if it were lost. */
export function keepNow(store: StoreEntry, turn: Turn): void {
  store.learntSavedAt = turn.now;
  turn.saves.add(store.key);
}
