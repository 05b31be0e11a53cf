import { expect, test } from 'vitest';
import { RetryPause } from '../../../collector/sinks/retry-pause.ts';
import { SteadyClock } from '../../../collector/sinks/steady-clock.ts';

const HOUR = 3_600_000;

test('a leap of the clock is doubted for a day, a step back or a small one never', () => {
  let [wall, monotonic] = [1_000_000 * HOUR, 0];
  const clock = new SteadyClock(
    () => wall,
    () => monotonic,
  );
  const pass = (hours: number) => {
    wall += hours * HOUR;
    monotonic += hours * HOUR;
    return clock.isBelieved();
  };
  expect(pass(100)).toBe(true);
  wall += HOUR / 2;
  expect(pass(1)).toBe(true);
  wall += 500 * HOUR;
  expect([pass(1), pass(22), pass(0.5), pass(2)]).toEqual([false, false, false, true]);
  wall -= 400 * HOUR;
  expect(pass(1)).toBe(true);
  // From where it stands now.
  wall += 2 * HOUR;
  expect(pass(1)).toBe(false);
  wall -= 2 * HOUR;
  expect(pass(1)).toBe(true);
});

test('several small steps ahead are a leap too', () => {
  let wall = 0;
  const clock = new SteadyClock(
    () => wall,
    () => 0,
  );
  const answers = [1, 2, 3].map(() => {
    wall += 0.4 * HOUR;
    return clock.isBelieved();
  });
  expect(answers).toEqual([true, true, false]);
});

test('pauses grow to a minute, and start anew after a success', () => {
  const pause = new RetryPause(() => 1);
  const error = new Error('away');
  expect(Array.from({ length: 9 }, () => pause.next(error))).toEqual([
    500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000,
  ]);
  pause.reset();
  expect(pause.next(error)).toBe(500);
  expect(pause.next(Object.assign(error, { retryAfterMs: 90_000 }))).toBe(90_000);
  expect(new RetryPause(() => 0).next(error)).toBeGreaterThanOrEqual(250);
});
