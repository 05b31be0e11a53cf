import { signal } from '@preact/signals';

/** How far the server's clock is ahead of this one, ms. */
let ahead = 0;

/** Ticks every second: the hour on the strip. */
export const second = signal(Date.now());

/** Ticks every ten seconds: how long something has lasted. */
export const tick = signal(Date.now());

/** The server's time, ms since 1970: what `since` and `at` are to be compared with. */
export const serverNow = (): number => Date.now() + ahead;

/** Learns the server's clock from something it just sent; what the road took is not worth a correction. */
export function trustClock(at: number): void {
  const seen = at - Date.now();
  if (Math.abs(seen - ahead) > 2_000) ahead = seen;
}

/** Starts the clocks. They move together, so that a page changes its figures once. */
export function startClocks(): void {
  const beat = (): void => {
    const now = serverNow();
    second.value = now;
    if (Math.abs(now - tick.peek()) >= 10_000) tick.value = now;
    setTimeout(beat, 1000 - (now % 1000));
  };
  tick.value = serverNow();
  beat();
}
