import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addQuiet, addResult, isFlapping, percentOf, resultsToRest } from '../../../alerting/engine/flapping.ts';

/** Changes at these places of the last 20 results, 0 being the oldest. */
const at = (...places: number[]) => places.reduce((changes, place) => changes | (1 << place), 0);

describe('the ring of results', () => {
  it('measures the example of Icinga’s manual', () => {
    // 0.84 + 0.86 + 0.88 + 0.90 + 0.98 + 1.06 + 1.12 + 1.18 = 7.82
    expect(percentOf(at(2, 3, 4, 5, 9, 13, 16, 19))).toBe(39.1);
  });

  it('weighs from 0.80 to 1.18', () => {
    expect(percentOf(at(0))).toBe(4);
    expect(percentOf(at(19))).toBe(5.9);
    expect(percentOf(2 ** 20 - 1)).toBe(99);
    expect(percentOf(0)).toBe(0);
  });

  it('begins above 30 % and ends below 25 %', () => {
    const [thirty, twentyFive] = [at(5, 7, 9, 11, 12, 16), at(8, 9, 10, 11, 12)];
    expect([percentOf(thirty), isFlapping(thirty, false)]).toEqual([30, false]);
    expect([percentOf(twentyFive), isFlapping(twentyFive, true)]).toEqual([25, true]);
    let changes = 0;
    for (let result = 0; result < 5; result++) changes = addResult(changes, true);
    expect([percentOf(changes), isFlapping(changes, false)]).toEqual([28.5, false]);
    changes = addResult(changes, true);
    expect([percentOf(changes), isFlapping(changes, false)]).toEqual([33.9, true]);
    const calm = addQuiet(changes, resultsToRest(changes, true));
    expect(percentOf(calm)).toBeLessThan(25);
    expect(percentOf(addQuiet(changes, resultsToRest(changes, true) - 1))).toBeGreaterThanOrEqual(25);
  });

  it('forgets what is older than 20 results, whatever came', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 60 }), fc.nat(40), fc.boolean(), (results, quiet, was) => {
        const last = (all: readonly boolean[]) => all.reduce((changes, isChange) => addResult(changes, isChange), 0);
        const changes = last(results);
        expect(changes).toBe(last(results.slice(-20)));
        expect(percentOf(changes)).toBeGreaterThanOrEqual(0);
        expect(percentOf(changes)).toBeLessThanOrEqual(99);
        expect(addQuiet(changes, quiet)).toBe(last([...results, ...Array<boolean>(quiet).fill(false)]));
        expect(addQuiet(changes, 20)).toBe(0);
        const rest = resultsToRest(changes, was);
        expect(rest).toBeLessThanOrEqual(20);
        expect(isFlapping(addQuiet(changes, rest), was)).toBe(false);
      }),
    );
  });
});
