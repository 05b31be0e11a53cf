import { shareOf } from './share-of.ts';
import type { StoreEntry, Turn } from './state.ts';

const HOUR_MS = 3_600_000;

/** What was learnt is kept with the store once an hour, each store at its own minute. */
export function keepLearnt(store: StoreEntry, turn: Turn): void {
  if (store.learntSavedAt === 0) store.learntSavedAt = turn.now - shareOf(store.key) * HOUR_MS;
  if (turn.now - store.learntSavedAt < HOUR_MS) return;
  store.learntSavedAt = turn.now;
  turn.saves.add(store.key);
}
