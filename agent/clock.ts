/** Time as the agent sees it; tests put their own in its place. */
export interface Clock {
  /** Milliseconds since 1970. Jumps when the host's clock is set. */
  now(): number;
  /** Milliseconds of a clock that never jumps. */
  monotonicMs(): number;
  /** Calls `fn` once after `ms`. Returns what cancels it. */
  after(ms: number, fn: () => void): () => void;
}

export const systemClock: Clock = {
  now: Date.now,
  monotonicMs: () => performance.now(),
  after(ms, fn) {
    const timer = setTimeout(fn, ms);
    return () => clearTimeout(timer);
  },
};
