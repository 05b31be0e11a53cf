const FIRST_MS = 500;
const LONGEST_MS = 60_000;

/** How long to leave a store alone after a failure: longer each time, never the same for all, never less than it asks for. */
export class RetryPause {
  readonly #random: () => number;
  #failures = 0;

  constructor(random: () => number) {
    this.#random = random;
  }

  next(error: Error & { retryAfterMs?: number | undefined }): number {
    const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** this.#failures++);
    return Math.max(longest * (0.5 + this.#random() / 2), error.retryAfterMs ?? 0);
  }

  reset(): void {
    this.#failures = 0;
  }
}
