import { expect, test } from 'vitest';
import { Attention } from '../../../collector/ingest/attention.ts';

test('a machine that slept, and a clock that was set, are noticed once; ordinary time is not', () => {
  let now = 1_790_000_000_000;
  const attention = new Attention(now);
  const after = (ms: number) => {
    now += ms;
    return attention.lapsed(now);
  };
  expect([after(0), after(4_000), after(14_000)]).toEqual([false, false, false]);
  expect([after(40_000), after(1_000)]).toEqual([true, false]);
  expect([after(-3_600_000), after(1_000)]).toEqual([true, false]);
});
