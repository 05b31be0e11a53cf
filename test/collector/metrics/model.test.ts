import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { EmbeddedMetricsStore } from '../../../collector/metrics/embedded-store.ts';
import { AGGREGATES, type MetricRow, type RangeQuery, type RangeSeries } from '../../../collector/ports.ts';
import type { DeviceKey } from '../../../protocol/names.ts';
import { type EmbeddedFixture, embeddedFixture } from './embedded-fixture.ts';

/** What a store tells, the simplest way: every sample in one list, looked through each time. */
class Model {
  #samples = new Map<string, { row: MetricRow; field: string; at: number; value: number }>();

  append(rows: readonly MetricRow[]): void {
    for (const row of rows) {
      for (const [field, value] of Object.entries(row.fields)) {
        const key = JSON.stringify([row.device, row.measurement, row.tags, field, row.at]);
        this.#samples.set(key, { row, field, at: row.at, value });
      }
    }
  }

  retain(before: number): void {
    for (const [key, { at }] of this.#samples) if (at < before) this.#samples.delete(key);
  }

  range({ device, measurement, field, tags, from, to, stepMs, aggregate }: RangeQuery): RangeSeries[] {
    const buckets = new Map<string, Map<number, { at: number; value: number }[]>>();
    for (const { row, field: itsField, at, value } of this.#samples.values()) {
      if (row.device !== device || row.measurement !== measurement || itsField !== field) continue;
      if (at < from || at >= to) continue;
      if (!Object.entries(tags ?? {}).every(([tag, text]) => row.tags[tag] === text)) continue;
      const series = JSON.stringify(row.tags);
      const start = Math.floor(at / stepMs) * stepMs;
      const ofSeries = buckets.get(series) ?? new Map<number, { at: number; value: number }[]>();
      buckets.set(series, ofSeries.set(start, [...(ofSeries.get(start) ?? []), { at, value }]));
    }
    return [...buckets]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([series, ofSeries]) => ({
        tags: JSON.parse(series) as Record<string, string>,
        points: [...ofSeries]
          .sort(([a], [b]) => a - b)
          .map(([start, samples]): [number, number] => [start, reduce(samples, aggregate)]),
      }));
  }

  last(device: DeviceKey): string[] {
    const newest = new Map<string, { at: number; told: string }>();
    for (const { row, field, at, value } of this.#samples.values()) {
      if (row.device !== device) continue;
      const series = JSON.stringify([row.measurement, row.tags, field]);
      if ((newest.get(series)?.at ?? -1) < at) newest.set(series, { at, told: `${series} ${at} ${value}` });
    }
    return [...newest.values()].map(({ told }) => told).sort();
  }
}

function reduce(unsorted: { at: number; value: number }[], aggregate: RangeQuery['aggregate']): number {
  const values = [...unsorted].sort((a, b) => a.at - b.at).map(({ value }) => value);
  const sum = values.reduce((a, b) => a + b, 0);
  if (aggregate === 'count') return values.length;
  if (aggregate === 'last') return values[values.length - 1] as number;
  if (aggregate === 'sum') return sum;
  if (aggregate === 'mean') return sum / values.length;
  return aggregate === 'min' ? Math.min(...values) : Math.max(...values);
}

const DEVICES: DeviceKey[] = ['acme/s1/till-1', 'acme/s2/till-1'];
const HOUR = 3_600_000;
const SPAN_MS = 10 * HOUR;

const at = fc.oneof(
  fc.integer({ min: 0, max: SPAN_MS }),
  fc.integer({ min: 0, max: 100_000 }),
  fc.integer({ min: 0, max: 15 }).map((i) => i * 1000),
);
// Sums of these are exact in any order.
const value = fc.oneof(
  fc.integer({ min: -1000, max: 1000 }),
  fc.integer().map((i) => i / 256),
);
const tags = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Record<string, string>>({}) },
  fc.constantFrom<Record<string, string>>({ path: '/' }, { fstype: 'ext4', path: '/var' }),
);
const measurement = fc.oneof({ weight: 5, arbitrary: fc.constant('cpu') }, fc.constant('disk'));
const field = fc.constantFrom('a', 'b');
const device = fc.constantFrom(...DEVICES);

const row = fc.record({
  device,
  at,
  measurement,
  tags,
  fields: fc.dictionary(field, value, { minKeys: 1, maxKeys: 2 }),
});
const rows = fc.oneof(
  fc.array(row, { maxLength: 12 }),
  // A long regular stretch, as reports come, so that merges reach every level.
  fc
    .record({ row, startAt: at, count: fc.integer({ min: 1, max: 400 }) })
    .map(({ row: first, startAt, count }) =>
      Array.from({ length: count }, (_, i): MetricRow => ({ ...first, at: startAt + i * 50 })),
    ),
);
const query = fc.record({
  device,
  measurement,
  field,
  tags: fc.constantFrom<Record<string, string>>({}, { path: '/' }, { fstype: 'ext4' }),
  from: at,
  to: at,
  stepMs: fc.constantFrom(1, 700, 1000, 10_000, HOUR, SPAN_MS * 2),
  aggregate: fc.constantFrom(...AGGREGATES),
});

type Act =
  | { act: 'append'; rows: MetricRow[] }
  | { act: 'query'; query: RangeQuery }
  | { act: 'retain'; before: number }
  | { act: 'flush' | 'compact' | 'crash' | 'flushWhileAppending'; rows: MetricRow[] };

const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.record({ act: fc.constant('append' as const), rows }) },
    { weight: 6, arbitrary: fc.record({ act: fc.constantFrom('flush' as const, 'compact' as const), rows }) },
    {
      weight: 2,
      arbitrary: fc.record({ act: fc.constantFrom('crash' as const, 'flushWhileAppending' as const), rows }),
    },
    { weight: 4, arbitrary: fc.record({ act: fc.constant('query' as const), query }) },
    { weight: 1, arbitrary: fc.record({ act: fc.constant('retain' as const), before: fc.nat(11) }) },
  ),
  { maxLength: 45, size: 'max' },
);

/** The store beside its model and the log it drinks from. */
class Bench {
  readonly #fixture: EmbeddedFixture;
  readonly #model = new Model();
  #log: { id: number; rows: MetricRow[] }[] = [];
  #nextId = 1;
  #horizon = 0;
  store: EmbeddedMetricsStore;

  constructor(fixture: EmbeddedFixture) {
    this.#fixture = fixture;
    this.store = fixture.open();
  }

  async play(one: Act): Promise<void> {
    if (one.act === 'append') this.#append(one.rows);
    if (one.act === 'flush') this.#trim(await this.store.flush());
    if (one.act === 'compact') await this.store.compact(10);
    if (one.act === 'flushWhileAppending') {
      const flushed = this.store.flush();
      this.#append(one.rows);
      this.#trim(await flushed);
    }
    if (one.act === 'crash') await this.#reopen();
    if (one.act === 'retain') {
      const horizon = Math.max(this.#horizon, one.before * HOUR);
      this.#horizon = horizon;
      await this.store.retain({ raw: horizon, fiveMinutes: horizon, hour: horizon });
      this.#model.retain(this.#horizon);
    }
    if (one.act === 'query') expect(this.store.range(one.query)).toEqual(this.#model.range(one.query));
  }

  async checkAll(): Promise<void> {
    await this.#reopen();
    for (const one of DEVICES) {
      const told = this.store
        .last(one)
        .map((r) => `${JSON.stringify([r.measurement, r.tags, r.field])} ${r.at} ${r.value}`);
      expect(told.sort()).toEqual(this.#model.last(one));
      for (const name of ['cpu', 'disk']) {
        for (const its of ['a', 'b']) {
          const all = {
            device: one,
            measurement: name,
            field: its,
            from: 0,
            to: SPAN_MS * 2,
            stepMs: 1,
            aggregate: 'last',
          };
          expect(this.store.range(all as RangeQuery)).toEqual(this.#model.range(all as RangeQuery));
        }
      }
    }
    expect(this.#fixture.damage).toEqual([]);
  }

  #append(appended: MetricRow[]): void {
    // Samples from before the horizon are nobody's any more.
    const kept = appended.filter((one) => one.at >= this.#horizon);
    const id = this.#nextId++;
    this.#log.push({ id, rows: kept });
    this.store.append(kept, id);
    this.#model.append(kept);
  }

  #trim(safe: number): void {
    expect(safe).toBe(this.store.appliedLogId());
    this.#log = this.#log.filter(({ id }) => id > safe);
  }

  /** As after a kill: what was not flushed comes from the log again, as much of it as is still there. */
  async #reopen(): Promise<void> {
    await this.store.close();
    this.store = this.#fixture.open();
    for (const { id, rows: logged } of this.#log)
      this.store.append(
        logged.filter((one) => one.at >= this.#horizon),
        id,
      );
  }
}

describe('embedded metrics store', () => {
  let fixture: EmbeddedFixture | undefined;
  let bench: Bench | undefined;

  const release = async (): Promise<void> => {
    await bench?.store.close();
    fixture?.dispose();
    bench = undefined;
    fixture = undefined;
  };
  afterEach(release);

  it('tells what a plain list of samples tells, whatever happens in between', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(acts, async (story) => {
        await release();
        fixture = embeddedFixture();
        bench = new Bench(fixture);
        for (const one of story) await bench.play(one);
        await bench.checkAll();
      }),
      { numRuns: 50, seed: 20260301 },
    );
  });
});
