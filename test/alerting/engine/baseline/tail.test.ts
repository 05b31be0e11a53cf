import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Tail } from '../../../../alerting/engine/baseline/tail.ts';
import { createNormal } from './noise.ts';

function tailOf(sizes: readonly number[], memory = 5_000): Tail {
  const tail = new Tail(memory);
  for (const size of sizes) tail.learn(size);
  return tail;
}

const draws = (seed: number, count: number) => {
  const normal = createNormal(seed);
  return Array.from({ length: count }, () => Math.abs(normal()));
};

describe('how rare a size is', () => {
  it('of normal noise, about what the normal law says', () => {
    const tail = tailOf(draws(1, 4_000));
    expect(tail.surprise(1.645)).toBeCloseTo(1, 0);
    // Those hardly smaller count in part: it errs on the quiet side.
    expect(tail.surprise(2.576)).toBeGreaterThan(1.3);
    expect(tail.surprise(2.576)).toBeLessThan(2.1);
    expect(tail.surprise(6)).toBeGreaterThan(3.3);
  });

  it('is nothing before anything was seen, and little among few', () => {
    expect(new Tail(100).surprise(1e9)).toBe(0);
    expect(tailOf([1, 1, 1]).surprise(1.2)).toBeLessThan(1);
  });

  it('beyond the largest, more where the tail was short', () => {
    const short = Array.from({ length: 4_000 }, (_, row) => 1 + (row % 100) / 100);
    const long = short.map((size, row) => (row % 100 === 0 ? size * 30 : size));
    const gain = (tail: Tail, largest: number) => tail.surprise(4 * largest) - tail.surprise(largest);
    expect(gain(tailOf(long), 30)).toBeLessThan(gain(tailOf(short), 2) - 0.5);
  });

  it('what is seen often is not rare, however large', () => {
    const tail = tailOf(draws(3, 2_000).map((size, row) => (row % 20 === 0 ? 50 + size : size)));
    expect(tail.surprise(50)).toBeLessThan(1.6);
    expect(tail.surprise(500)).toBeGreaterThan(2);
  });

  it('old sizes are forgotten, and weights never overflow', () => {
    const tail = tailOf([...Array<number>(2_000).fill(100), ...draws(4, 100_000)], 300);
    const fresh = tailOf(draws(4, 100_000).slice(-5_000), 300);
    expect(tail.surprise(100)).toBeCloseTo(fresh.surprise(100), 6);
    expect(tail.surprise(1)).toBeCloseTo(fresh.surprise(1), 6);
  });

  it('never falls as the size grows', () => {
    const size = fc.double({ min: 0, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(fc.array(size, { minLength: 1, maxLength: 200 }), size, size, (sizes, a, b) => {
        const tail = tailOf(sizes, 50);
        expect(tail.surprise(Math.max(a, b))).toBeGreaterThanOrEqual(tail.surprise(Math.min(a, b)) - 1e-9);
      }),
    );
  });
});
