import { expect, test } from 'vitest';
import { lineRateOf } from '../../../agent/snmp/line-rate.ts';

test('a line carries what it tells; a loopback, a tunnel and a virtual interface may carry more', () => {
  expect(lineRateOf({ type: 6, speedBps: 1e9 })).toBe(1e9);
  expect(lineRateOf({ speedBps: 1e9 })).toBe(1e9);
  expect(lineRateOf({ type: 6 })).toBeUndefined();
  for (const type of [24, 53, 131]) expect(lineRateOf({ type, speedBps: 10e6 })).toBeUndefined();
});
