/** Silent for as long, a station is held for gone: switches forget it within minutes, tills sleep at night. */
const KEPT_MS = 24 * 3_600_000;
const MOST = 300;

/** What was seen of late; what was seen elsewhere since is there now. */
export interface Memory {
  remember(seen: Readonly<Record<string, string>>, nowMs: number): void;
  /** In the order of their paths. */
  facts(): Record<string, string>;
}

export function createMemory(): Memory {
  const kept = new Map<string, { value: string; atMs: number }>();
  return {
    remember(seen, nowMs) {
      for (const [path, value] of Object.entries(seen)) {
        kept.delete(path);
        kept.set(path, { value, atMs: nowMs });
      }
      for (const [path, { atMs }] of kept) {
        if (nowMs - atMs < KEPT_MS && kept.size <= MOST) break;
        kept.delete(path);
      }
    },
    facts: () =>
      Object.fromEntries(
        [...kept].map(([path, { value }]): [string, string] => [path, value]).sort(([a], [b]) => (a < b ? -1 : 1)),
      ),
  };
}
