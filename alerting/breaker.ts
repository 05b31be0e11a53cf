/** How a desk has answered lately. */
export interface Breaker {
  /** Failures in a row. */
  failures: number;
  /** The incident of the first of them, and whether others failed as well. */
  first?: string;
  several: boolean;
  /** Pauses in a row. */
  pauses: number;
  /** While the desk is left alone: since when, and until one piece of work is let through. Ms since 1970. */
  away?: { since: number; until: number };
}

export const WELL: Breaker = { failures: 0, several: false, pauses: 0 };

const FAILURES = 5;
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * After a failure that may pass. One incident that fails again and again says nothing of its desk: work of two must have failed.
 * What was under way when the pause began does not lengthen it.
 */
export function afterFailure(breaker: Breaker, incident: string, now: number, random: () => number): Breaker {
  const { away, first = incident } = breaker;
  if (away && now < away.until) return breaker;
  const failures = breaker.failures + 1;
  const several = breaker.several || first !== incident;
  if (!away && (failures < FAILURES || !several)) return { ...breaker, failures, first, several };
  const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(breaker.pauses, 10));
  // Never none, and not the same for all who lost it together.
  const until = now + Math.round(longest * (0.5 + random() / 2));
  return { failures, first, several, pauses: breaker.pauses + 1, away: { since: away?.since ?? now, until } };
}

/** The clock was set by so much. */
export const stepped = (breaker: Breaker, byMs: number): Breaker =>
  breaker.away ? { ...breaker, away: { since: breaker.away.since + byMs, until: breaker.away.until + byMs } } : breaker;
