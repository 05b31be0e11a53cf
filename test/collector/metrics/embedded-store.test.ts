import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EmbeddedMetricsStore } from '../../../collector/metrics/embedded-store.ts';
import type { MetricRow } from '../../../collector/ports.ts';
import type { DeviceKey } from '../../../protocol/names.ts';
import { type EmbeddedFixture, embeddedFixture } from './embedded-fixture.ts';

const T0 = Date.UTC(2026, 2, 1);
const TILL: DeviceKey = 'acme/s1/till-1';
const FIELDS = 20;
const HOUR = 3_600_000;

const forget = (before: number) => ({ raw: before, fiveMinutes: before, hour: before });

const report = (i: number, device: DeviceKey = TILL): MetricRow => ({
  device,
  at: T0 + i * 30_000,
  measurement: 'cpu',
  tags: {},
  fields: Object.fromEntries(Array.from({ length: FIELDS }, (_, field) => [`f${field}`, i * field])),
});

describe('embedded metrics store', () => {
  let fixture: EmbeddedFixture;
  let store: EmbeddedMetricsStore;
  beforeEach(() => {
    fixture = embeddedFixture({ flushBytes: 100_000 });
    store = fixture.open();
  });
  afterEach(async () => {
    await store.close();
    fixture.dispose();
  });

  const allOf = (field: string, device = TILL) =>
    store.range({ device, measurement: 'cpu', field, from: T0, to: T0 + 1e12, stepMs: 1, aggregate: 'last' })[0]
      ?.points;

  const chunkSamples = async (): Promise<number[]> => {
    await store.close();
    const database = new DatabaseSync(fixture.path);
    const rows = database.prepare('SELECT samples FROM chunk ORDER BY id').all();
    database.close();
    store = fixture.open();
    return rows.map((row) => row.samples as number);
  };

  it('makes few large chunks of many small ones, and tells the same', async () => {
    const reports = 1200;
    for (let i = 0; i < reports; i++) {
      store.append([report(i)], i + 1);
      if (i % 16 < 15) continue;
      await store.flush();
      await store.compact(10);
    }
    const before = allOf('f7');
    expect(before).toHaveLength(reports);
    while ((await store.compact(10)) > 0);
    expect(allOf('f7')).toEqual(before);
    const sizes = await chunkSamples();
    expect(sizes.length).toBeLessThan(12);
    expect(Math.max(...sizes)).toBeGreaterThanOrEqual(16_384);
    expect(sizes.reduce((a, b) => a + b)).toBe(store.stats().samples);
    expect(store.stats()).toMatchObject({ samples: reports * FIELDS, series: FIELDS });
    expect(allOf('f7')).toEqual(before);
  });

  it('cuts what one device brings in one go into chunks of bearable size', async () => {
    store.append(
      Array.from({ length: 5000 }, (_, i) => report(i)),
      1,
    );
    await store.flush();
    const sizes = await chunkSamples();
    expect(Math.max(...sizes)).toBeLessThanOrEqual(2 * 16_384);
    expect(sizes.reduce((a, b) => a + b)).toBe(5000 * FIELDS);
    expect(allOf('f3')).toHaveLength(5000);
  });

  it('counts a replaced sample once when its chunks have become one', async () => {
    for (let i = 0; i < 8; i++) {
      store.append([report(0)], i + 1);
      await store.flush();
    }
    expect(store.stats().samples).toBe(8 * FIELDS);
    await store.compact(1);
    expect(store.stats().samples).toBe(FIELDS);
  });

  it('asks to be flushed when its memory fills, until it is', async () => {
    expect(store.needsFlush()).toBe(false);
    store.append(
      Array.from({ length: 1000 }, (_, i) => report(i)),
      1,
    );
    expect(store.needsFlush()).toBe(true);
    await store.flush();
    expect(store.needsFlush()).toBe(false);
  });

  it('lets others work while it flushes, and shows what they append meanwhile', async () => {
    for (let d = 0; d < 400; d++) store.append([report(d, `acme/s1/till-${d}`)], d + 1);
    let turns = 0;
    let flushing = true;
    const count = (): void => {
      turns++;
      store.append([report(1000 + turns)], 400 + turns);
      if (flushing) setImmediate(count);
    };
    setImmediate(count);
    expect(await store.flush()).toBe(400);
    flushing = false;
    expect(turns).toBeGreaterThan(1);
    expect(allOf('f1')?.length).toBeGreaterThanOrEqual(turns);
    expect(store.appliedLogId()).toBe(400);
    expect(await store.flush()).toBeGreaterThan(400);
  });

  it('forgets a device that has nothing left, and knows it again when it comes back', async () => {
    store.append([report(0), report(0, 'acme/s1/gone')], 1);
    await store.flush();
    store.append([report(130)], 2);
    await store.flush();
    await store.retain(forget(T0 + HOUR));
    expect(store.stats()).toMatchObject({ samples: FIELDS, series: FIELDS });
    expect(allOf('f1', 'acme/s1/gone')).toBeUndefined();
    store.append([report(200, 'acme/s1/gone')], 3);
    await store.flush();
    expect(allOf('f1', 'acme/s1/gone')).toEqual([[T0 + 200 * 30_000, 200]]);
    expect(store.stats().series).toBe(2 * FIELDS);
  });

  it('keeps a device whose samples come while retention is at work', async () => {
    store.append([report(0)], 1);
    await store.flush();
    const retained = store.retain(forget(T0 + HOUR));
    store.append([report(150)], 2);
    await retained;
    await store.flush();
    expect(allOf('f2')).toEqual([[T0 + 150 * 30_000, 300]]);
    expect(store.last(TILL)).toHaveLength(FIELDS);
  });

  it('hides nothing for ever when the clock was ahead for a while', async () => {
    await store.retain(forget(T0 + 1e12));
    store.append([report(0)], 1);
    await store.flush();
    expect(allOf('f1')).toBeUndefined();
    await store.retain(forget(T0 - 1000));
    expect(allOf('f1')).toEqual([[T0, 0]]);
  });

  it('does not take a number that is none for a sample', () => {
    store.append([{ ...report(0), fields: { f1: Number.NaN, f2: 2, f3: Number.POSITIVE_INFINITY } }], 1);
    expect(store.last(TILL).map(({ field }) => field)).toEqual(['f2']);
  });

  it('refuses a step that is no step', () => {
    const query = { device: TILL, measurement: 'cpu', field: 'f1', from: T0, to: T0 + 1, aggregate: 'last' } as const;
    expect(() => store.range({ ...query, stepMs: 0 })).toThrow('stepMs is 0, expected a number above 0');
    expect(() => store.range({ ...query, stepMs: Number.NaN })).toThrow('stepMs');
  });

  it('keeps all in memory when a flush fails, and writes it with the next one', async () => {
    await store.close();
    const database = new DatabaseSync(fixture.path);
    // The second device's chunk does not go in before one more series is known.
    database.exec(`CREATE TRIGGER refuse BEFORE INSERT ON chunk
      WHEN NEW.device = 2 AND (SELECT count(*) FROM series) = ${FIELDS}
      BEGIN SELECT RAISE(ABORT, 'not now'); END`);
    database.close();
    store = fixture.open();
    store.append([report(0), report(0, 'acme/s1/till-2')], 1);
    await expect(store.flush()).rejects.toThrow('not now');
    expect(store.appliedLogId()).toBe(0);
    expect(store.stats()).toMatchObject({ samples: 0, series: 0 });
    store.append([report(1)], 2);
    await expect(store.flush()).rejects.toThrow('not now');
    expect(allOf('f1')).toHaveLength(2);
    expect(allOf('f1', 'acme/s1/till-2')).toHaveLength(1);
    store.append([{ ...report(1), measurement: 'mem', fields: { used: 1 } }], 3);
    expect(await store.flush()).toBe(3);
    expect(store.stats()).toMatchObject({ samples: 3 * FIELDS + 1, series: 2 * FIELDS + 1 });
    await store.close();
    store = fixture.open();
    expect(allOf('f1')).toHaveLength(2);
    expect(allOf('f1', 'acme/s1/till-2')).toHaveLength(1);
  });
});
