import { expect, test } from 'vitest';
import { Clocks } from '../../../collector/ingest/clocks.ts';

const NOW = 1_790_000_000_000;

test('a clock that is an hour behind is measured at birth, the network’s delay is not', () => {
  const clocks = new Clocks();
  expect(clocks.skewMs('c/s/d')).toBe(0);
  clocks.measure('c/s/d', NOW - 3_600_000, NOW);
  expect(clocks.skewMs('c/s/d')).toBe(3_600_000);
  clocks.measure('c/s/d', NOW - 800, NOW);
  expect(clocks.skewMs('c/s/d')).toBe(0);
});
