import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noteSeen, type Ranges } from '../../../collector/ingest/ranges.ts';

test('numbers in order stay one range', () => {
  const ranges: Ranges = [];
  for (let seq = 1; seq <= 1000; seq++) expect(noteSeen(ranges, seq)).toBe(true);
  expect(ranges).toEqual([[1, 1000]]);
});

test('whatever the order, each number counts once and the ranges say exactly what was seen', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 200 }), (seqs) => {
      const ranges: Ranges = [];
      const seen = new Set<number>();
      for (const seq of seqs) {
        expect(noteSeen(ranges, seq)).toBe(!seen.has(seq));
        seen.add(seq);
      }
      const covered = ranges.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, i) => from + i));
      expect(covered).toEqual([...seen].sort((a, b) => a - b));
      for (let i = 1; i < ranges.length; i++) {
        expect((ranges[i] as readonly [number, number])[0]).toBeGreaterThan(
          (ranges[i - 1] as readonly [number, number])[1] + 1,
        );
      }
    }),
  );
});

test('an agent some of whose reports are always refused keeps a cursor of bounded size', () => {
  const ranges: Ranges = [];
  for (let seq = 2; seq <= 20_000; seq += 2) expect(noteSeen(ranges, seq)).toBe(true);
  expect(ranges).toHaveLength(1_000);
  expect(noteSeen(ranges, 19_999)).toBe(true);
  for (const seq of [2, 10_000, 19_999, 20_000]) expect(noteSeen(ranges, seq)).toBe(false);
  expect(noteSeen(ranges, 20_001)).toBe(true);
});
