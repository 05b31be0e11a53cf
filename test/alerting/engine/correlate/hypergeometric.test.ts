import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lnUpperTail } from '../../../../alerting/engine/correlate/hypergeometric.ts';

/** Counted with whole numbers of any size. */
function exactTail(hits: number, drawn: number, marked: number, total: number): number {
  const choose = (n: number, k: number): bigint => {
    if (k < 0 || k > n) return 0n;
    let ways = 1n;
    for (let i = 1; i <= k; i++) ways = (ways * BigInt(n - k + i)) / BigInt(i);
    return ways;
  };
  let ways = 0n;
  for (let i = hits; i <= Math.min(drawn, marked); i++) ways += choose(marked, i) * choose(total - marked, drawn - i);
  const scale = 10n ** 30n;
  return Number((ways * scale) / choose(total, drawn)) / 1e30;
}

describe('the upper tail', () => {
  it('is what counting gives', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(60), fc.nat(60), fc.nat(60), (a, b, c, d) => {
        const total = Math.max(a, b, 1);
        const [drawn, marked, hits] = [Math.min(b, total), Math.min(c, total), Math.min(d, total)];
        expect(Math.exp(lnUpperTail(hits, drawn, marked, total))).toBeCloseTo(
          exactTail(hits, drawn, marked, total),
          10,
        );
      }),
      { numRuns: 500 },
    );
  });

  it('knows three of three out of a group of six among five hundred', () => {
    expect(lnUpperTail(3, 3, 6, 500)).toBeCloseTo(Math.log((6 * 5 * 4) / (500 * 499 * 498)), 10);
  });

  it('stays a number where chance is too small to be written', () => {
    const ln = lnUpperTail(5_000, 5_000, 5_000, 20_000);
    expect(ln).toBeLessThan(-11_000);
    expect(Number.isFinite(ln)).toBe(true);
    expect(lnUpperTail(4_999, 5_000, 5_000, 20_000)).toBeGreaterThan(ln);
  });

  it('is certain where there is no other way, and impossible where there is none', () => {
    expect(lnUpperTail(0, 10, 5, 20)).toBe(0);
    expect(lnUpperTail(3, 3, 20, 20)).toBe(0);
    expect(lnUpperTail(6, 10, 5, 20)).toBe(Number.NEGATIVE_INFINITY);
  });
});
