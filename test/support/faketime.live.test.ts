import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { canStepClocks, createSteppedClock } from './faketime.ts';

/** Says its hour and its monotonic time for every line it hears. */
const TELLER = `
  process.stdin.on('data', () => process.stdout.write(Date.now() + ' ' + performance.now() + '\\n'));
`;

test.skipIf(!canStepClocks())('the hour of a living process is set forward and back; its timers are not', async () => {
  const clock = createSteppedClock();
  const teller = spawn(process.execPath, ['-e', TELLER], {
    env: { ...process.env, ...clock.env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    const lines = createInterface({ input: teller.stdout })[Symbol.asyncIterator]();
    const ask = async () => {
      teller.stdin.write('?\n');
      const [hour, monotonic] = String((await lines.next()).value)
        .split(' ')
        .map(Number) as [number, number];
      return { off: hour - Date.now(), monotonic };
    };
    const first = await ask();
    expect(Math.abs(first.off)).toBeLessThan(2_000);
    for (const offset of [3_600_000, -1_200_000, 0]) {
      clock.set(offset);
      expect(clock.offsetMs).toBe(offset);
      const told = await ask();
      expect(Math.abs(told.off - offset)).toBeLessThan(2_000);
      expect(told.monotonic - first.monotonic).toBeLessThan(60_000);
      expect(told.monotonic).toBeGreaterThan(first.monotonic);
    }
  } finally {
    teller.kill('SIGKILL');
    clock.remove();
  }
});
