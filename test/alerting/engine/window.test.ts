import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addSample,
  loadSamples,
  moveSamples,
  newSamples,
  saveSamples,
  type Window,
} from '../../../alerting/engine/window.ts';
import { AGGREGATES, type Aggregate } from '../../../protocol/aggregates.ts';

const over = (aggregate: Aggregate, seconds = 600, coverage = 0.8): Window => ({ aggregate, seconds, coverage });

/** The aggregate after each of these readings, one every so many seconds. */
function feed(window: Window, values: readonly (number | undefined)[], everyS = 60, samples = newSamples()) {
  return values.map((value, index) =>
    value === undefined ? undefined : addSample(samples, window, value, 1_000_000 + index * everyS * 1000),
  );
}

const ten = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5];

describe('a window', () => {
  it.each([
    ['last', 5],
    ['avg', 4],
    ['min', 1],
    ['max', 9],
    ['p95', 9],
    ['count', 11],
  ] as const)('gives the %s of its readings', (aggregate, expected) => {
    expect(feed(over(aggregate), ten).at(-1)).toBe(expected);
  });

  it.each([
    ['delta', 600],
    ['rate', 1],
  ] as const)('gives the %s of a counter', (aggregate, expected) => {
    const counter = Array.from({ length: 11 }, (_, index) => 5000 + 60 * index);
    expect(feed(over(aggregate), counter).at(-1)).toBe(expected);
  });

  it('takes a counter that went back for one that has begun anew, and the reading for none', () => {
    const values = [1000, 1060, 1120, 40, 100, 160, 220, 280, 340, 400, 460];
    const rates = feed(over('rate', 600, 0.1), values);
    expect(rates).toEqual([undefined, 1, 1, undefined, 1, 1, 1, 1, 1, 1, 1]);
    expect(feed(over('delta'), values).at(-1)).toBe(2 * 60 + 7 * 60);
  });

  it('is judged once enough of it is covered', () => {
    expect(feed(over('avg', 600, 0.5), ten).map((value) => value !== undefined)).toEqual([
      ...Array<boolean>(5).fill(false),
      ...Array<boolean>(6).fill(true),
    ]);
    expect(feed(over('avg', 600, 1), ten).filter((value) => value !== undefined)).toEqual([4]);
  });

  it('begins anew after a hole of more than half of it', () => {
    const values = [...ten, ...Array<undefined>(5).fill(undefined), 7];
    expect(feed(over('avg'), values).at(-1)).toBeUndefined();
    expect(feed(over('avg'), [...ten, undefined, undefined, 7]).at(-1)).toBeCloseTo(
      (9 + 2 + 6 + 5 + 3 + 5 + 5 + 7 + 1) / 9,
      1,
    );
  });

  it('forgets what is older', () => {
    const values = [...Array<number>(20).fill(100), ...Array<number>(11).fill(1)];
    expect(feed(over('max'), values).at(-1)).toBe(1);
    expect(feed(over('avg'), values).at(-1)).toBe(1);
  });

  it('stays bounded, however many readings come, and close to the truth', () => {
    const samples = newSamples();
    const values = Array.from({ length: 5000 }, (_, index) => index % 100);
    const seen = feed(over('avg'), values, 1, samples).at(-1) ?? 0;
    expect(samples.count).toBeLessThanOrEqual(32);
    expect(Math.abs(seen - 49.5)).toBeLessThan(3);
    expect(feed(over('p95'), values, 1).at(-1)).toBe(99);
    expect(feed(over('count'), values, 1).at(-1)).toBeGreaterThan(570);
  });

  const gap = fc.integer({ min: 0, max: 400 });
  const readings = fc.array(fc.tuple(gap, fc.integer({ min: -50, max: 1000 })), { minLength: 1, maxLength: 120 });

  it('lies between its least and its greatest reading, and never breaks', () => {
    fc.assert(
      fc.property(readings, fc.constantFrom(...AGGREGATES), (all, aggregate) => {
        const samples = newSamples();
        const window = over(aggregate, 600, 0.2);
        let at = 1_000_000;
        for (const [gapS, value] of all) {
          at += gapS * 1000;
          const seen = addSample(samples, window, value, at);
          if (seen === undefined) continue;
          expect(Number.isFinite(seen)).toBe(true);
          if (['last', 'avg', 'min', 'max', 'p95'].includes(aggregate)) {
            expect(seen).toBeGreaterThanOrEqual(Math.min(...all.map(([, one]) => one)) - 1e-9);
            expect(seen).toBeLessThanOrEqual(Math.max(...all.map(([, one]) => one)) + 1e-9);
          } else expect(seen).toBeGreaterThanOrEqual(0);
        }
        expect(samples.count).toBeLessThanOrEqual(32);
      }),
    );
  });

  it('is the same after it was saved, and after the clock was set', () => {
    fc.assert(
      fc.property(readings, readings, fc.constantFrom(...AGGREGATES), fc.integer(), (before, after, aggregate, by) => {
        const window = over(aggregate, 600, 0.2);
        let at = 10_000_000_000;
        const one = newSamples();
        for (const [gapS, value] of before) {
          at += gapS * 1000;
          addSample(one, window, value, at);
        }
        const other = loadSamples(JSON.parse(JSON.stringify(saveSamples(one))) as number[]);
        moveSamples(other, (time) => time + by);
        for (const [gapS, value] of after) {
          at += gapS * 1000;
          expect(addSample(other, window, value, at + by)).toEqual(addSample(one, window, value, at));
        }
      }),
    );
  });

  it('survives a clock that was set back while nobody judged', () => {
    const samples = newSamples();
    feed(over('avg'), Array<number>(100).fill(5), 10, samples);
    moveSamples(samples, (at) => Math.min(at, 900_000));
    for (let at = 900_000; at < 3_000_000; at += 10_000) {
      const seen = addSample(samples, over('avg'), 5, at);
      if (seen !== undefined) expect(seen).toBe(5);
    }
    expect(samples.count).toBeLessThanOrEqual(32);
  });
});
