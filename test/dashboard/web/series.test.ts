import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  breakAtGaps,
  longestPause,
  mergeSeries,
  roundTop,
  timeMarks,
  toRate,
} from '../../../dashboard/web/charts/series.ts';

const MINUTE = 60_000;
const every = (stepMs: number, values: number[]): [number, number][] => values.map((value, i) => [i * stepMs, value]);

test('a gap stays a gap; jitter and a slower pace are none', () => {
  const points: [number, number][] = [...every(MINUTE, [1, 2, 3]), [10 * MINUTE, 4], [11 * MINUTE, 5]];
  const drawn = breakAtGaps(points, longestPause(points, MINUTE));
  expect(drawn.map(({ y }) => y)).toEqual([1, 2, 3, null, 4, 5]);

  const slow = every(5 * MINUTE, [1, 2, 3]);
  expect(breakAtGaps(slow, longestPause(slow, MINUTE)).map(({ y }) => y)).toEqual([1, 2, 3]);
});

test('series that an outcome split are one line again, in order', () => {
  expect(
    mergeSeries([
      { points: [[3, 30]] },
      {
        points: [
          [1, 10],
          [2, 20],
        ],
      },
    ]),
  ).toEqual([
    [1, 10],
    [2, 20],
    [3, 30],
  ]);
});

describe('the rate of a counter', () => {
  test('is what it gained per second', () => {
    expect(toRate(every(10_000, [0, 100, 300]), MINUTE)).toEqual([
      [10_000, 10],
      [20_000, 20],
    ]);
  });

  test('is not known over a reset or a gap', () => {
    expect(
      toRate(
        [
          [0, 500],
          [1000, 20],
          [2000, 30],
          [500_000, 90],
        ],
        MINUTE,
      ),
    ).toEqual([[2000, 10]]);
  });

  test('is never negative', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1e9), { maxLength: 50 }), (values) => {
        for (const [, rate] of toRate(every(1000, values), MINUTE)) expect(rate).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('the top of the axis', () => {
  test.each([
    [34, 'percent', 100],
    [0, 'count', 1],
    [1, 'count', 2],
    [187, 'count', 500],
    [0.084, 'seconds', 0.1],
    [41_000, 'bytes/s', 50 * 1024],
    [3 * 1024 ** 2, 'bytes', 5 * 1024 ** 2],
  ] as const)('for %f %s is %f', (highest, unit, top) => {
    expect(roundTop(highest, unit)).toBeCloseTo(top, 10);
  });

  test('is above every value, and not far', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 1e15, noNaN: true }),
        fc.constantFrom('count', 'bytes', 'seconds'),
        (value, unit) => {
          const top = roundTop(value, unit as 'count');
          expect(top).toBeGreaterThan(value);
          expect(top).toBeLessThanOrEqual(value * 11);
        },
      ),
    );
  });
});

test('times are marked where a clock is round', () => {
  const noon = new Date(2026, 4, 4, 12, 7).getTime();
  const hour = timeMarks(noon - 3_600_000, noon);
  expect(hour.map((at) => new Date(at).getMinutes() % 10)).toEqual(hour.map(() => 0));
  expect(hour).toHaveLength(6);
  const week = timeMarks(noon - 7 * 86_400_000, noon);
  expect(week.map((at) => new Date(at).getHours())).toEqual(Array(7).fill(0));
});
