/**
 * Spreads things that each happen once per interval evenly over it, every one at a moment of its own. Returns a function
 * that says which are due: those whose moment has come since it was last asked. After a pause longer than the interval
 * (a laptop that slept) each is due once, not once per interval missed.
 */
export function createPacer<T>(
  items: readonly T[],
  intervalMs: number,
  phaseOf: (item: T) => number,
  startedAt: number,
): (now: number) => T[] {
  const paced = items
    .map((item) => ({ item, phaseMs: phaseOf(item) * intervalMs }))
    .sort((a, b) => a.phaseMs - b.phaseMs);
  let asked = startedAt;
  return (now) => {
    const from = Math.max(asked, now - intervalMs);
    if (now <= from) return [];
    asked = now;
    const start = from % intervalMs;
    const end = start + (now - from);
    return paced
      .filter(({ phaseMs }) => isWithin(phaseMs, start, end) || isWithin(phaseMs + intervalMs, start, end))
      .map(({ item }) => item);
  };
}

const isWithin = (at: number, after: number, upTo: number): boolean => at > after && at <= upTo;
