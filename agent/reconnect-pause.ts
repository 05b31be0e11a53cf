const FIRST_MS = 1000;
const LONGEST_MS = 30_000;
/** What a person must put right does not come back within seconds; brokers lock accounts out that try too often. */
const FIRST_REFUSED_MS = 15_000;
const LONGEST_REFUSED_MS = 60_000;

/**
 * Milliseconds to wait before the next attempt, after `failures` in a row (1 for the first): doubling from 1 s to 30 s,
 * or from 15 s to 60 s where the broker or we refuse each other, the upper half of it left to `chance` (0 to 1), so that
 * a chain cut off together does not come back together.
 */
export function reconnectPauseMs(failures: number, chance: number, wasRefused = false): number {
  const [first, most] = wasRefused ? [FIRST_REFUSED_MS, LONGEST_REFUSED_MS] : [FIRST_MS, LONGEST_MS];
  const longest = Math.min(most, first * 2 ** Math.min(failures - 1, 10));
  return longest / 2 + (longest / 2) * chance;
}
