/** Rows of history that go in one step: whoever judges waits for it. */
export const FORGOTTEN_AT_ONCE = 5_000;
