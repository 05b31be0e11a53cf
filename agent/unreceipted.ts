/** So many may be acknowledged by the broker without any receipt; then no other leaves. */
const MOST = 2000;
const PATIENCE_MS = 60_000;
const MOST_DOUBLINGS = 6;

/** Reports the broker has acknowledged and no receipt has named yet, by their numbers in the outbox. */
interface Unreceipted {
  /** The broker has acknowledged it, just now. */
  add(id: number): void;
  has(id: number): boolean;
  size(): number;
  /** Nobody seems to take in what leaves. What later ones passed by does not count: somebody does. */
  isFull(): boolean;
  /** A receipt has come, and what it names has left the outbox. */
  settle(): void;
  /** What is to be sent again now. `newest` gives the newest report of all, which is tried even though it is full. */
  due(newest: () => number | undefined): number[];
  clear(): void;
}

interface Entry {
  acknowledgedAt: number;
  /** One that was acknowledged after it has its receipt: this one got lost on the way, or is refused. */
  isPassed: boolean;
  /** How often it was sent again because of that. */
  passes: number;
}

/**
 * What was passed by is sent again after a minute, then after two, four, up to 64. When no receipt comes for anything,
 * the collector is slow or what it said got lost: then, once a minute, the oldest and the newest report alone ask again.
 * `monotonicMs` and `isWaiting` (in the outbox) are the agent's own.
 */
export function createUnreceipted(monotonicMs: () => number, isWaiting: (id: number) => boolean): Unreceipted {
  /** In the order of their acknowledgements. */
  const entries = new Map<number, Entry>();
  let sinceReceipt = 0;
  let quietSince = Number.NEGATIVE_INFINITY;

  return {
    add(id) {
      const passes = entries.get(id)?.passes ?? 0;
      entries.delete(id);
      if (!isWaiting(id)) return;
      entries.set(id, { acknowledgedAt: monotonicMs(), isPassed: false, passes });
      sinceReceipt += 1;
    },
    has: (id) => entries.has(id),
    size: () => entries.size,
    isFull: () => sinceReceipt >= MOST,

    settle() {
      let earlier: Entry[] = [];
      let isNews = false;
      for (const [id, entry] of entries) {
        if (isWaiting(id)) {
          earlier.push(entry);
          continue;
        }
        entries.delete(id);
        for (const passed of earlier) passed.isPassed = true;
        earlier = [];
        isNews = true;
      }
      if (!isNews) return;
      sinceReceipt = earlier.length;
      quietSince = monotonicMs();
    },

    due(newest) {
      const now = monotonicMs();
      const again: number[] = [];
      let oldest: number | undefined;
      for (const [id, entry] of entries) {
        const waited = now - entry.acknowledgedAt;
        if (!isWaiting(id)) entries.delete(id);
        else if (!entry.isPassed) {
          if (waited >= PATIENCE_MS) oldest ??= id;
        } else if (waited >= PATIENCE_MS * 2 ** Math.min(entry.passes, MOST_DOUBLINGS)) {
          entries.set(id, { acknowledgedAt: now, isPassed: false, passes: entry.passes + 1 });
          again.push(id);
        }
      }
      if (oldest === undefined || now - quietSince < PATIENCE_MS) return again;
      quietSince = now;
      return [...again, oldest, newest()].filter((id) => id !== undefined);
    },

    clear() {
      entries.clear();
      sinceReceipt = 0;
    },
  };
}
