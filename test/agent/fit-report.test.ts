import { expect, test } from 'vitest';
import { fitReport } from '../../agent/fit-report.ts';
import type { Report } from '../../protocol/messages.ts';

const report = (more: Partial<Report> = {}): Report => ({
  v: 1,
  boot: 'bootbootone',
  seq: 1,
  at: 1_800_000_000_000,
  points: [],
  statuses: [{ check: 'snmp', status: 'ok' }],
  ...more,
});
const points = Array.from({ length: 100 }, (_, i) => ({ m: 'snmp_sensor', t: { name: `é${i}` }, f: { value: i } }));
const event = {
  at: 1,
  source: 'trap',
  code: '1.3',
  severity: 'info',
  text: 'x',
  values: { '1.2': 'y'.repeat(500) },
} as const;

test('what fits is sent as it is', () => {
  const whole = report({ points, events: [event] });
  expect(fitReport(whole, 100_000)).toEqual({ json: JSON.stringify(whole), points: 0, values: 0, texts: 0 });
});

test('points are left out from the end, as few as need be, by bytes and not by letters', () => {
  const bytes = Buffer.byteLength(JSON.stringify(report({ points })));
  const { json, points: left } = fitReport(report({ points }), bytes - 1);
  expect(left).toBe(1);
  expect(JSON.parse(json)).toEqual(report({ points: points.slice(0, 99) }));
  const half = fitReport(report({ points }), 2000);
  expect(Buffer.byteLength(half.json)).toBeLessThanOrEqual(2000);
  expect(JSON.parse(half.json).points).toEqual(points.slice(0, 100 - half.points));
});

test('the values of events go before any point, and the events stay', () => {
  const { values: _, ...bare } = event;
  const { json, ...left } = fitReport(report({ points: points.slice(0, 5), events: [event, event] }), 1000);
  expect(left).toEqual({ points: 0, values: 2, texts: 0 });
  expect(JSON.parse(json)).toEqual(report({ points: points.slice(0, 5), events: [bare, bare] }));
});

test('what the statuses say goes last, never that they are', () => {
  const statuses = [{ check: 'a', status: 'critical' as const, text: 'z'.repeat(500) }];
  const { json, ...left } = fitReport(report({ points, statuses }), 300);
  expect(left).toEqual({ points: 100, values: 0, texts: 1 });
  expect(JSON.parse(json).statuses).toEqual([{ check: 'a', status: 'critical' }]);
});
