import fc from 'fast-check';
import { Compile } from 'typebox/compile';
import { describe, expect, test } from 'vitest';
import { modelDevice, readDevice } from '../../../cli/demo/device-model.ts';
import type { Condition } from '../../../cli/demo/models/model.ts';
import { DEVICE_KINDS, type DeviceKind } from '../../../protocol/inventory.ts';
import { MEASUREMENTS } from '../../../protocol/measurements.ts';
import { Report } from '../../../protocol/messages.ts';

const START = Date.UTC(2026, 5, 1, 8);
const HOUR_MS = 3_600_000;
const report = Compile(Report);

const deviceOf = (kind: DeviceKind, seed = 1) =>
  modelDevice({ key: `demo/001/${kind}`, kind, timeZone: 'Europe/Paris' }, seed, START);
const usual = (bootedAt: number): Condition => ({ bootedAt, diskFill: 0, uplinkDown: false, onBattery: false });

function read(kind: DeviceKind, at: number, condition: Partial<Condition> = {}, seed = 1) {
  const device = deviceOf(kind, seed);
  return readDevice(device, at, { ...usual(device.bootedAt), ...condition });
}

test('a till sells with the day, and not at all while it cannot', () => {
  const told = (later: number, condition: Partial<Condition> = {}) => read('till', START + later, condition);
  const total = (readings: ReturnType<typeof told>) => field(readings, 'last_sale', 'sales_total');
  const hour = total(told(HOUR_MS)) - total(told(0));
  expect(hour).toBeGreaterThan(10);
  expect(hour).toBeLessThan(40);
  const dead = { unsoldSince: START };
  expect(total(told(HOUR_MS, dead))).toBe(total(told(0)));
  const age = (later: number) => field(told(later, dead), 'last_sale', 'age_seconds');
  expect(age(HOUR_MS) - age(0)).toBe(3600);
});

const field = ({ points }: ReturnType<typeof readDevice>, measurement: string, name: string): number =>
  points.find((point) => point.m === measurement)?.f[name] ?? Number.NaN;

describe.each(DEVICE_KINDS)('a %s', (kind) => {
  test('makes reports that fit the wire, whatever the time and the seed', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(400 * 24 * 3600 * 1000), (seed, later) => {
        const wire = { v: 1, boot: 'abcdefgh', seq: 1, at: START + later, ...read(kind, START + later, {}, seed) };
        expect([...report.Errors(JSON.parse(JSON.stringify(wire)))]).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  test('measures only what has a name people read', () => {
    for (const { m, f, t = {} } of read(kind, START).points) {
      const known = MEASUREMENTS[m];
      expect(Object.keys(known?.fields ?? {})).toEqual(expect.arrayContaining(Object.keys(f)));
      expect(known?.tags).toEqual(expect.arrayContaining(Object.keys(t)));
    }
  });

  test('measures the same at the same instant, and something else later', () => {
    expect(read(kind, START)).toEqual(read(kind, START));
    expect(read(kind, START + HOUR_MS)).not.toEqual(read(kind, START));
  });

  test('is well on an ordinary day', () => {
    for (let at = START; at < START + 8 * 24 * HOUR_MS; at += HOUR_MS / 3) {
      const readings = read(kind, at);
      expect(readings.statuses.every(({ status }) => status === 'ok')).toBe(true);
      for (const { m, f } of readings.points) {
        if (m === 'cpu') expect(f.usage_active).toBeLessThan(70);
        if (m === 'mem' || m === 'disk') expect(f.used_percent).toBeLessThan(75);
      }
    }
  });
});

test('counters never go back while a device is up', () => {
  const counts = (at: number) =>
    ['bytes_recv', 'bytes_sent', 'err_in', 'drop_in'].map((f) => field(read('till', at), 'net', f));
  let before = counts(START);
  for (let at = START; at < START + 26 * HOUR_MS; at += 30_000) {
    const now = counts(at);
    expect(now.every((count, i) => count >= (before[i] ?? 0))).toBe(true);
    before = now;
  }
  expect(before[0]).toBeGreaterThan(counts(START)[0] ?? 0);
});

test('counters and uptime start anew with the device', () => {
  const fresh = read('server', START, { bootedAt: START - 10_000 });
  expect(field(fresh, 'system', 'uptime')).toBe(10);
  expect(field(fresh, 'net', 'bytes_recv')).toBeLessThan(field(read('server', START), 'net', 'bytes_recv'));
});

test('a till is busier at noon than at night, by the store’s own clock', () => {
  const night = field(read('till', Date.UTC(2026, 5, 2, 2)), 'cpu', 'usage_active');
  const noon = field(read('till', Date.UTC(2026, 5, 2, 10)), 'cpu', 'usage_active');
  expect(noon).toBeGreaterThan(night + 8);
});

test('a disk that fills ends as good as full', () => {
  const used = [0, 0.5, 1].map((diskFill) => field(read('server', START, { diskFill }), 'disk', 'used_percent'));
  expect(used[1]).toBeGreaterThan(used[0] ?? 100);
  expect(used[2]).toBeCloseTo(97);
});

test('a switch says its uplink is down and a UPS that it runs on battery', () => {
  expect(read('switch', START, { uplinkDown: true }).statuses).toMatchObject([
    { check: 'net:uplink', status: 'critical' },
  ]);
  expect(read('ups', START, { onBattery: true }).statuses).toMatchObject([{ check: 'ups:power', status: 'critical' }]);
});

test('most kinds carry 10 to 22 values a report', () => {
  for (const kind of ['till', 'self-checkout', 'server', 'gateway', 'router', 'switch', 'access-point'] as const) {
    const values = read(kind, START).points.flatMap(({ f }) => Object.keys(f)).length;
    expect(values).toBeGreaterThanOrEqual(10);
    expect(values).toBeLessThanOrEqual(22);
  }
});
