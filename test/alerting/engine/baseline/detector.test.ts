import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AnomalyDetector } from '../../../../alerting/engine/baseline/detector.ts';
import { createNormal } from './noise.ts';

const MINUTE = 60_000;
const MONDAY = Date.UTC(2024, 0, 1);
const PER_DAY = 144;

/** Scores of values ten minutes apart. */
function scoresOf(values: readonly number[]): number[] {
  const detector = new AnomalyDetector();
  return values.map((value, row) => detector.add(MONDAY + row * 10 * MINUTE, value));
}

const noise = (rows: number, seed: number, value: (row: number, normal: () => number) => number) => {
  const normal = createNormal(seed);
  return Array.from({ length: rows }, (_, row) => value(row, normal));
};

const most = (scores: readonly number[], from: number, to: number) => Math.max(...scores.slice(from, to));
const share = (scores: readonly number[]) => scores.filter((score) => score >= 0.5).length / scores.length;

const daily = (row: number) => 60 - 40 * Math.cos((2 * Math.PI * row) / PER_DAY);

describe('is quiet', () => {
  it.each([
    ['noise', (_: number, normal: () => number) => 50 + 3 * normal()],
    ['noise about zero', (_: number, normal: () => number) => normal()],
    ['a daily rhythm', (row: number, normal: () => number) => daily(row) + 2 * normal()],
    ['a heavy tail', (_: number, normal: () => number) => 20 * Math.exp(0.7 * normal())],
    ['jobs that come and go', (row: number, normal: () => number) => (row % 12 === 0 ? 60 : 2) + Math.abs(normal())],
  ])('on %s', (_, value) => {
    const scores = [1, 2, 3].flatMap((seed) => scoresOf(noise(3_000, seed, value)));
    expect(share(scores)).toBeLessThan(0.01);
  });

  it('on a line that is flat from end to end', () => {
    expect(most(scoresOf(Array(1_000).fill(42)), 0, 1_000)).toBeLessThan(0.2);
  });

  it('at the beginning, of which nothing is known', () => {
    expect(most(scoresOf(noise(200, 5, (row, normal) => (row < 100 ? 10 : 20) + normal())), 0, 60)).toBeLessThan(0.2);
  });
});

describe('sees', () => {
  const rows = 2_500;
  const at = 2_000;
  const values = (change: (usual: number, row: number, normal: () => number) => number) =>
    noise(rows, 7, (row, normal) => {
      const usual = daily(row) + 2 * normal();
      return row >= at ? change(usual, row, normal) : usual;
    });

  it('a spike, on its row', () => {
    const scores = scoresOf(values((usual, row) => (row === at ? usual + 60 : usual)));
    expect(scores[at]).toBeGreaterThan(0.65);
    expect(Math.max(...scores)).toBe(scores[at]);
  });

  it('a dip, on its row, also below zero', () => {
    const scores = scoresOf(values((usual, row) => (row === at ? -30 : usual)));
    expect(scores[at]).toBeGreaterThan(0.7);
  });

  it('a new level as it comes, and takes it for granted later', () => {
    const scores = scoresOf(values((usual) => usual + 60));
    expect(most(scores, at, at + 3)).toBeGreaterThan(0.65);
    expect(most(scores, at + 400, rows)).toBeLessThan(0.5);
  });

  it('a day that is missing, though each value of it is one of every day', () => {
    const scores = scoresOf(values((usual, row, normal) => (row < at + PER_DAY ? 60 + 2 * normal() : usual)));
    expect(most(scores, at, at + PER_DAY)).toBeGreaterThan(0.6);
  });

  it('more noise than usual', () => {
    const scores = scoresOf(values((usual, row, normal) => (row < at + 60 ? usual + 12 * normal() : usual)));
    expect(most(scores, at, at + 20)).toBeGreaterThan(0.6);
  });

  it('a line gone flat', () => {
    const scores = scoresOf(values((usual, row) => (row < at + 60 ? 60 : usual)));
    expect(most(scores, at, at + 60)).toBeGreaterThan(0.6);
  });

  it('the first move of a line that was flat', () => {
    const scores = scoresOf(Array.from({ length: 1_000 }, (_, row) => (row === 900 ? 43 : 42)));
    expect(scores[899]).toBeLessThan(0.2);
    expect(scores[900]).toBeGreaterThan(0.6);
  });
});

describe('shows what it found for a while, less and less', () => {
  const scores = scoresOf(noise(2_200, 9, (row, normal) => 50 + normal() + (row === 2_000 ? 40 : 0)));

  it('after a spike', () => {
    expect(scores[2_010]).toBeGreaterThan(most(scores, 1_900, 2_000));
    expect(scores[2_150]).toBeLessThan(scores[2_010] as number);
  });

  it('also over values that are missing', () => {
    const detector = new AnomalyDetector();
    for (let row = 0; row < 500; row++) detector.add(MONDAY + row * MINUTE, row === 499 ? 90 : 50 + (row % 7));
    const held = [0, 1, 2].map((row) => detector.add(MONDAY + (500 + row) * MINUTE, Number.NaN));
    expect(held[0]).toBeGreaterThan(0.2);
    expect(held[2]).toBeLessThan(held[0] as number);
  });
});

it('a missing value is learnt nothing from', () => {
  const values = noise(600, 11, (row, normal) => 50 + normal() + (row === 500 ? 9 : 0));
  const detector = new AnomalyDetector();
  const withGaps = values.map((value, row) => {
    if (row % 10 === 3) detector.add(MONDAY + row * 10 * MINUTE, Number.NaN);
    return detector.add(MONDAY + row * 10 * MINUTE, value);
  });
  expect(withGaps[500]).toBeCloseTo(scoresOf(values)[500] as number, 6);
});

it('does not depend on the unit', () => {
  const values = noise(800, 13, (row, normal) => 50 + 5 * normal() + (row === 700 ? 50 : 0));
  const scores = scoresOf(values);
  for (const [row, score] of scoresOf(values.map((value) => value * 4 ** 10)).entries()) {
    expect(score).toBeCloseTo(scores[row] as number, 9);
  }
});

describe('over any rows', () => {
  const row = fc.record({
    time: fc.oneof(fc.integer({ min: -1e13, max: 1e13 }), fc.integer({ min: MONDAY, max: MONDAY + 1e9 })),
    value: fc.oneof(
      fc.double({ noDefaultInfinity: true }),
      fc.integer({ min: 0, max: 5 }),
      fc.double({ min: -1, max: 1, noNaN: true }),
    ),
  });
  const rows = fc.array(row, { maxLength: 400, size: 'max' });

  it('scores lie from 0 to 1', () => {
    fc.assert(
      fc.property(rows, (given) => {
        const detector = new AnomalyDetector();
        for (const { time, value } of given) {
          const score = detector.add(time, value);
          expect(score >= 0 && score <= 1).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('a score depends on nothing that comes later', () => {
    fc.assert(
      fc.property(rows, rows, fc.nat(400), (given, other, cut) => {
        const scores = (all: typeof given) => {
          const detector = new AnomalyDetector();
          return all.map(({ time, value }) => detector.add(time, value));
        };
        const head = given.slice(0, cut);
        expect(scores([...head, ...other]).slice(0, head.length)).toEqual(scores(given).slice(0, head.length));
      }),
      { numRuns: 100 },
    );
  });
});
