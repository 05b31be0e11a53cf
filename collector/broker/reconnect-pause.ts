/** A client with the same id may be at work elsewhere: at least a second passes, so that the two do not fight. */
const FIRST_MS = 2000;
const LONGEST_MS = 10_000;
/** What a person must put right does not come back within seconds. */
const LONGEST_REFUSED_MS = 60_000;

/**
 * Milliseconds to wait before the next attempt after `failures` in a row (1 for the first): doubling from 2 s to 10 s, to
 * 60 s where the broker refuses us. The upper half of it is left to `chance` (0 to 1).
 */
export function reconnectPauseMs(failures: number, wasRefused: boolean, chance: number): number {
  const longest = Math.min(wasRefused ? LONGEST_REFUSED_MS : LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 10));
  return longest / 2 + (longest / 2) * chance;
}
