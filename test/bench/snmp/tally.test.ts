import { expect, test } from 'vitest';
import type { Report } from '../../../protocol/messages.ts';
import { openTally } from './tally.ts';

const EVERY = 30_000;
const report = (device: string, at: number, fields: readonly string[] = ['a', 'b']): Report => ({
  ...{ v: 1, boot: 'b', seq: 1, at, by: 'gw', device, statuses: [] },
  points: [
    { m: 'interface', t: { name: 'one' }, f: Object.fromEntries(fields.map((field) => [field, 1])) },
    { m: 'snmp', f: { response_ms: 40 } },
  ],
});

test('what was due is counted from the first poll on: a poll not done, one that is late, a sample that is missing', () => {
  const tally = openTally(['one', 'two'], EVERY, 0);
  for (const beat of [0, 1, 2, 3]) tally.hear(report('one', 1_000 + beat * EVERY));
  tally.hear(report('two', 2_000));
  tally.hear(report('two', 2_000 + 2 * EVERY + 2_500, ['a']));
  tally.hear(report('two', 2_000 + 3 * EVERY));
  tally.hear(report('another', 5_000));
  expect(tally.close(1_000 + 3 * EVERY + 20_000)).toEqual({
    polls: { due: 8, done: 7, late: 1 },
    samples: { series: 6, due: 24, arrived: 20 },
    tookMs: { p50: 40, p95: 40 },
  });
});

test('a device that was never heard has missed all of its polls', () => {
  expect(openTally(['silent'], EVERY, 0).close(10 * EVERY).polls).toEqual({ due: 10, done: 0, late: 0 });
});
