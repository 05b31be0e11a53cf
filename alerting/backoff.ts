export interface RetryPolicy {
  /** The most the first pause can last. */
  baseMs?: number;
  /** The most any pause can last. */
  capMs?: number;
}

/**
 * How long to wait after the attempt number `attempts` (from 0): anywhere between nothing and a bound that doubles, so
 * that many that failed together do not come back together.
 */
export function backoffMs(
  attempts: number,
  random: () => number,
  { baseMs = 1_000, capMs = 300_000 }: RetryPolicy,
): number {
  return Math.round(random() * Math.min(capMs, baseMs * 2 ** Math.min(attempts, 30)));
}
