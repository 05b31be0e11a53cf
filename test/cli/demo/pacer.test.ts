import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPacer } from '../../../cli/demo/pacer.ts';

const INTERVAL_MS = 30_000;
const items = Array.from({ length: 300 }, (_, i) => i);
const paced = (startedAt: number) => createPacer(items, INTERVAL_MS, (item) => item / items.length, startedAt);

test('everything is due once an interval, however unevenly it is asked', () => {
  fc.assert(
    fc.property(
      fc.nat(1e12),
      fc.array(fc.integer({ min: 1, max: INTERVAL_MS - 1 }), { minLength: 1 }),
      (startedAt, steps) => {
        const due = paced(startedAt);
        const counts = new Map<number, number>();
        let now = startedAt;
        for (const step of [...steps, INTERVAL_MS - 1]) {
          now += step;
          for (const item of due(now)) counts.set(item, (counts.get(item) ?? 0) + 1);
        }
        const rounds = (now - startedAt) / INTERVAL_MS;
        for (const item of items) {
          const count = counts.get(item) ?? 0;
          expect(count).toBeGreaterThanOrEqual(Math.floor(rounds));
          expect(count).toBeLessThanOrEqual(Math.ceil(rounds));
        }
      },
    ),
  );
});

test('the load is even', () => {
  const due = paced(0);
  const perSecond = Array.from({ length: 60 }, (_, s) => due((s + 1) * 1000).length);
  expect(Math.max(...perSecond)).toBeLessThanOrEqual(11);
  expect(Math.min(...perSecond)).toBeGreaterThanOrEqual(9);
});

test('after a long sleep each is due once', () => {
  const due = paced(0);
  expect(due(10 * INTERVAL_MS)).toHaveLength(items.length);
});

test('a clock that went back makes nothing due twice', () => {
  const due = paced(0);
  due(1_000);
  expect(due(500)).toEqual([]);
  expect(due(1_000)).toEqual([]);
});
