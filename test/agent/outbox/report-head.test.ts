import { expect, test } from 'vitest';
import { watchedDeviceOf } from '../../../agent/outbox/report-head.ts';

const body = (report: object) => Buffer.from(JSON.stringify({ v: 1, boot: 'bootbootone', seq: 7, at: 1, ...report }));

test('the device a report is of, where it is another than the agent’s own', () => {
  expect(watchedDeviceOf(body({ by: 'gw', device: 'switch-1', points: [] }))).toBe('switch-1');
  const long = 'n'.repeat(64);
  const largest = { boot: 'b'.repeat(40), seq: Number.MAX_SAFE_INTEGER, at: 8_640_000_000_000_000 };
  expect(watchedDeviceOf(body({ ...largest, by: long, device: long, points: [] }))).toBe(long);
});

test('the agent’s own names none, whatever its readings say', () => {
  expect(watchedDeviceOf(body({ points: [] }))).toBeUndefined();
  const points = [{ m: 'x', t: { t: '"by":"gw","device":"switch-1"' }, f: { x: 1 } }];
  expect(watchedDeviceOf(body({ points }))).toBeUndefined();
});
