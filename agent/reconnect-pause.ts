const FIRST_MS = 1000;
const LONGEST_MS = 30_000;

/**
 * Milliseconds to wait before the next attempt, after `failures` in a row (1 for the first): doubling from 1 s to 30 s,
 * the upper half of it left to `chance` (0 to 1), so that a chain cut off together does not come back together.
 */
export function reconnectPauseMs(failures: number, chance: number): number {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 10));
  return longest / 2 + (longest / 2) * chance;
}
