import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EmbeddedMetricsStore } from '../../../collector/metrics/embedded-store.ts';
import { PackedReader } from '../../../collector/metrics/packed-past.ts';
import type { MetricRow } from '../../../collector/ports.ts';
import { type EmbeddedFixture, embeddedFixture } from './embedded-fixture.ts';

const T0 = 1_700_000_100_000;
const STEP = 30_000;
const TILL = 'acme/lyon/till-1';
const COUNT = 400;

let fixture: EmbeddedFixture;
let store: EmbeddedMetricsStore;

const row = (i: number, measurement: string, fields: Record<string, number>, device: MetricRow['device'] = TILL) => ({
  ...{ device, at: T0 + i * STEP, measurement, tags: {}, fields },
});

/** Some flushed in two chunks, the rest in memory only; `mem` comes less often. */
beforeEach(async () => {
  fixture = embeddedFixture();
  store = fixture.open();
  for (let i = 0; i < COUNT; i++) {
    store.append([row(i, 'cpu', { usage_active: i % 97 }), row(i, 'cpu', { usage_active: 1 }, 'acme/lyon/other')]);
    if (i % 10 === 0) store.append([row(i, 'mem', { used_percent: i })]);
    if (i === 150 || i === 300) await store.flush();
  }
});
afterEach(async () => {
  await store.close();
  fixture.dispose();
});

function open(from: number, to: number, wanted: (measurement: string) => boolean, reader = new PackedReader()) {
  reader.learn(store.seriesNames(reader.known));
  return reader.open(store.packed(TILL, from, to), from, to, ({ measurement }) => wanted(measurement));
}

test('what is packed opens to what a range tells, on disk and in memory', () => {
  const [from, to] = [T0 + 100 * STEP, T0 + 350 * STEP];
  const { heard, series, rollups } = open(from, to, (measurement) => measurement === 'cpu');
  expect(Array.from(heard, (at) => (at - T0) / STEP)).toEqual(Array.from({ length: 250 }, (_, i) => 100 + i));
  expect(series.map(({ measurement, field }) => `${measurement} ${field}`)).toEqual(['cpu usage_active']);
  const query = { device: TILL, measurement: 'cpu', field: 'usage_active', stepMs: 1, aggregate: 'last' } as const;
  const told = store.range({ ...query, from, to })[0]?.points;
  expect(Array.from(series[0]?.times ?? [], (at, i) => [at, series[0]?.values[i]])).toEqual(told);
  expect(rollups).toEqual([]);
});

test('instants count also of series nobody wants', () => {
  const { heard, series } = open(T0, T0 + COUNT * STEP, (measurement) => measurement === 'mem');
  expect(heard).toHaveLength(COUNT);
  expect(series[0]?.times).toHaveLength(COUNT / 10);
});

test('names that came later are learnt later', () => {
  const reader = new PackedReader();
  open(T0, T0 + STEP, () => true, reader);
  store.append([row(1, 'disk', { used_percent: 40 })]);
  expect(open(T0, T0 + 2 * STEP, (name) => name === 'disk', reader).series).toHaveLength(1);
});

test('roll-ups come with their least, greatest and last', async () => {
  await store.flush();
  await store.retain({ raw: T0 + COUNT * STEP + 600_000, fiveMinutes: 0, hour: 0 });
  const { heard, series, rollups } = open(T0, T0 + COUNT * STEP, (measurement) => measurement === 'cpu');
  expect([heard.length, series.length, rollups.length]).toEqual([0, 0, 1]);
  const [{ times, max, last, widthMs }] = rollups as [(typeof rollups)[number]];
  const query = { device: TILL, measurement: 'cpu', field: 'usage_active', from: T0, to: T0 + COUNT * STEP } as const;
  const range = (aggregate: 'max' | 'last') => store.range({ ...query, stepMs: widthMs, aggregate })[0]?.points;
  expect(Array.from(times, (at, i) => [at, max[i]])).toEqual(range('max'));
  expect(Array.from(times, (at, i) => [at, last[i]])).toEqual(range('last'));
});

test('a device nobody knows has no past', () => {
  expect(store.packed('acme/lyon/none', T0, T0 + STEP).chunks).toEqual([]);
});
