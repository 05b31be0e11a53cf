import { expect, test } from 'vitest';
import { highestHeld, judgeStep, nextRate } from './peers/ladder.ts';

const OPTIONS = { common: 1_000, guess: 2_000, steps: 12 };

/** Climbs a system that holds just so much. */
function climbTo(limit: number, steps = OPTIONS.steps): { rate: number; held: boolean }[] {
  const tried: { rate: number; held: boolean }[] = [];
  for (;;) {
    const rate = nextRate(tried, { ...OPTIONS, steps });
    if (rate === undefined) return tried;
    tried.push({ rate, held: rate <= limit });
  }
}

test.each([300, 1_500, 2_400, 30_000])('the ladder ends just below what is held: %i', (limit) => {
  const tried = climbTo(limit);
  expect(tried[0]?.rate).toBe(OPTIONS.common);
  const best = Math.max(...tried.filter(({ held }) => held).map(({ rate }) => rate));
  expect(best).toBeLessThanOrEqual(limit);
  expect(best).toBeGreaterThan(limit / 1.1);
});

test('the ladder ends after so many steps, also where nothing is ever held', () => {
  expect(climbTo(0, 5)).toHaveLength(5);
});

const CPU = { seconds: 10, parts: { server: 2, database: 3 }, load: 1, other: 0, busy: 0.5 };

function step(committed: number, acknowledged: number | undefined, missed = 0) {
  return judgeStep({
    offeredPerS: 1_000,
    before: {
      at: 0,
      committed: 0,
      acknowledged: acknowledged === undefined ? undefined : 0,
      judged: { done: 0, missed: 0 },
    },
    after: { at: 10_000, committed, acknowledged, judged: { done: 100 - missed, missed } },
    cpu: CPU,
    pssMb: 1,
  });
}

test('held: as much committed as offered and acknowledged, and judged in time', () => {
  expect(step(9_600, 9_700).held).toBe(true);
  expect(step(9_400, 9_400).held).toBe(false);
  expect(step(9_600, 12_000).held).toBe(false);
  expect(step(9_600, undefined).held).toBe(true);
  expect(step(9_600, undefined, 10).held).toBe(false);
});

test('a step says what a value costs and what a kill would lose', () => {
  const { cpuPer100k, uncommitted } = step(10_000, 10_500);
  expect(cpuPer100k).toBeCloseTo(2.5);
  expect(uncommitted).toBe(500);
});

test('the highest rate held counts, whatever failed below it', () => {
  const steps = [
    step(10_000, 10_000),
    { ...step(9_000, 9_000), offeredPerS: 1_500 },
    { ...step(20_000, 20_000), offeredPerS: 2_000 },
  ];
  expect(highestHeld(steps)?.offeredPerS).toBe(2_000);
  expect(highestHeld([])).toBeUndefined();
});
