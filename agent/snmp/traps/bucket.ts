/** Tokens that come back with time. */
export interface Bucket {
  /** False: too many for now. */
  take(now: number): boolean;
}

/** `burst` at once, and one more every `everyMs`. */
export function createBucket(burst: number, everyMs: number): Bucket {
  let left = burst;
  let filledAt = Number.NEGATIVE_INFINITY;
  return {
    take(now) {
      left = Math.min(burst, left + (now - filledAt) / everyMs);
      filledAt = now;
      if (left < 1) return false;
      left--;
      return true;
    },
  };
}
