import { expect, test } from 'vitest';
import { Histogram } from '../../collector/histogram.ts';
import { partitionOf, shareOf, storeHash, storeKeysOf } from '../../collector/partitions.ts';
import type { StoreKey } from '../../protocol/names.ts';

const keys = Array.from({ length: 500 }, (_, i): StoreKey => `acme/store-${i}`);
const chain = { name: 'acme', title: 'Acme', stores: keys.map((key) => ({ name: key.slice(5) })) };

test('a store’s place never changes: rows are kept by it', () => {
  expect(storeHash('acme/lyon-01')).toBe(1908812434);
  expect(partitionOf('acme/lyon-01', 1)).toBe(0);
});

test('each store is in one partition, and they are of a size', () => {
  const shares = Array.from({ length: 16 }, (_, index) => storeKeysOf(shareOf([chain as never], { index, of: 16 })));
  expect(shares.flat().sort()).toEqual([...keys].sort());
  for (const share of shares) expect(share.length).toBeGreaterThan(500 / 16 / 3);
});

test('durations are counted by upper bound, cumulatively', () => {
  const histogram = new Histogram();
  for (const seconds of [0.001, 0.02, 0.02, 30, -1]) histogram.add(seconds);
  const other = new Histogram();
  other.add(0.2);
  histogram.merge(other);
  const { buckets, sum, count } = histogram.read();
  expect(Object.fromEntries(buckets)).toMatchObject({ 0.005: 2, 0.025: 4, 0.25: 5, 10: 5 });
  expect([sum, count]).toEqual([expect.closeTo(30.241), 6]);
});
