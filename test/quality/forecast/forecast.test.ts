import { describe, expect, it } from 'vitest';
import { grow } from './growth.ts';
import { coverageOfMeasured, hourly, measureFamilies, totalOf } from './measure.ts';

describe('forecasts, against what came', () => {
  const { coverage, alarms } = totalOf(measureFamilies(3, 31_000_000));

  it('hold 80 % of what comes in their 80 % intervals, within ten points', () => {
    expect(coverage.forecasts).toBeGreaterThan(500);
    expect(coverage.within / coverage.forecasts).toBeGreaterThan(0.7);
    expect(coverage.within / coverage.forecasts).toBeLessThan(0.9);
    expect(coverage.valuesWithin / coverage.values).toBeGreaterThan(0.7);
    expect(coverage.valuesWithin / coverage.values).toBeLessThan(0.9);
  });

  it('tell of most disks that fill, about a day before, and of next to none that do not', () => {
    expect(alarms.foretold / alarms.full).toBeGreaterThan(0.75);
    const leads = alarms.leads.toSorted((a, b) => a - b);
    expect(leads[leads.length >> 1]).toBeGreaterThan(12);
    expect(alarms.falseAlarms / alarms.days).toBeLessThan(1 / 365);
  });

  it('grow the same curves from the same seed', () => {
    expect(grow('jumps', 7)).toEqual(grow('jumps', 7));
    expect(grow('jumps', 7)).not.toEqual(grow('jumps', 8));
    expect(() => grow('hops', 7)).toThrow('no curves of family hops');
  });

  it('are measured on readings at any times', () => {
    expect(
      hourly([
        [0, 1],
        [3600, 2],
        [9000, 5],
        [14_400, 6],
      ]),
    ).toEqual([1, 2, 2, 5, 6]);
    const straight = Array.from({ length: 1000 }, (_, hour) => hour / 10);
    const seen = coverageOfMeasured(straight);
    expect(seen.forecasts).toBeGreaterThan(50);
    expect(seen.within).toBe(seen.forecasts);
  });
});
