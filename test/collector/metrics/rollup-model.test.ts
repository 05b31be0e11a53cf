import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import type { EmbeddedMetricsStore } from '../../../collector/metrics/embedded-store.ts';
import type { Aggregate, Horizons, MetricRow, MetricsStore } from '../../../collector/ports.ts';
import type { DeviceKey } from '../../../protocol/names.ts';
import { copyAll } from '../../contracts/metrics-samples.ts';
import { type EmbeddedFixture, embeddedFixture } from './embedded-fixture.ts';

const HOUR = 3_600_000;
const SPAN_HOURS = 24 * 6;
const DEVICES: DeviceKey[] = ['acme/s1/till-1', 'acme/s2/till-1'];
const FIELDS = ['a', 'b'];
const REDUCE: Readonly<Partial<Record<Aggregate, (values: readonly number[]) => number>>> = {
  count: (values) => values.length,
  sum: (values) => values.reduce((a, b) => a + b, 0),
  mean: (values) => values.reduce((a, b) => a + b, 0) / values.length,
  min: (values) => Math.min(...values),
  max: (values) => Math.max(...values),
};

const hours = fc.nat(SPAN_HOURS);
const row = fc.record({
  device: fc.constantFrom(...DEVICES),
  // On a few instants most often, so that samples replace each other.
  at: fc.oneof(
    { weight: 2, arbitrary: fc.nat(6).map((i) => i * 24 * HOUR) },
    fc.integer({ min: 0, max: SPAN_HOURS * HOUR }),
  ),
  // Sums of these are exact in any order.
  fields: fc.dictionary(
    fc.constantFrom(...FIELDS),
    fc.integer({ min: -4000, max: 4000 }).map((i) => i / 4),
    {
      minKeys: 1,
      maxKeys: 2,
    },
  ),
});
type Sample = { device: DeviceKey; at: number; fields: Record<string, number> };
const rows: fc.Arbitrary<Sample[]> = fc.oneof(
  fc.array(row, { maxLength: 10 }),
  fc
    .record({
      first: row,
      count: fc.integer({ min: 1, max: 300 }),
      everyMs: fc.constantFrom(30_000, 97_001, 1_700_000),
    })
    .map(({ first, count, everyMs }) =>
      Array.from({ length: count }, (_, i) => ({ ...first, at: first.at + i * everyMs })),
    ),
);
const horizons = fc
  .record({ raw: fc.integer({ min: 0, max: SPAN_HOURS * HOUR }), fiveMinutes: hours, hour: fc.nat(SPAN_HOURS >> 1) })
  .map(({ raw, fiveMinutes, hour }) => ({ raw, fiveMinutes: fiveMinutes * HOUR + 1234, hour: hour * HOUR + 1234 }));

type Act =
  | { act: 'append' | 'flush' | 'compact' | 'reopen' | 'check'; rows: Sample[] }
  | { act: 'retain'; rows: Sample[]; horizons: Horizons; meanwhile: boolean };

const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof(
    { weight: 9, arbitrary: fc.record({ act: fc.constant('append' as const), rows }) },
    { weight: 5, arbitrary: fc.record({ act: fc.constantFrom('flush' as const, 'compact' as const), rows }) },
    { weight: 3, arbitrary: fc.record({ act: fc.constantFrom('reopen' as const, 'check' as const), rows }) },
    {
      weight: 4,
      arbitrary: fc.record({ act: fc.constant('retain' as const), rows, horizons, meanwhile: fc.boolean() }),
    },
  ),
  { maxLength: 40, size: 'max' },
);

/** A store beside the plainest model of it: every sample that is not forgotten, by series and instant. */
class Bench {
  readonly #fixture: EmbeddedFixture;
  readonly #samples = new Map<string, Map<number, number>>();
  #log: { id: number; rows: MetricRow[] }[] = [];
  #nextId = 1;
  /** The highest of each so far. */
  #rolledUp = 0;
  #forgotten = 0;
  store: EmbeddedMetricsStore;

  constructor(fixture: EmbeddedFixture) {
    this.#fixture = fixture;
    this.store = fixture.open();
  }

  async play(one: Act): Promise<void> {
    if (one.act === 'append') this.#append(one.rows);
    if (one.act === 'flush') this.#trim(await this.store.flush());
    if (one.act === 'compact') await this.store.compact(10);
    if (one.act === 'check') await this.check(this.store);
    if (one.act === 'reopen') {
      await this.store.close();
      this.store = this.#fixture.open();
      for (const { id, rows: logged } of this.#log) this.store.append(logged, id);
    }
    if (one.act === 'retain') {
      this.#rolledUp = Math.max(this.#rolledUp, one.horizons.raw);
      const hour = Math.max(this.#forgotten, one.horizons.hour);
      this.#forgotten = hour;
      const retained = this.store.retain({ ...one.horizons, hour });
      if (one.meanwhile) this.#append(one.rows);
      await retained;
    }
  }

  async check(store: MetricsStore): Promise<void> {
    const kept = Math.floor(this.#forgotten / HOUR) * HOUR;
    for (const device of DEVICES) {
      for (const field of FIELDS) {
        for (const stepMs of [HOUR, 6 * HOUR]) {
          const buckets = new Map<number, number[]>();
          for (const [at, value] of [...(this.#samples.get(`${device} ${field}`) ?? [])].sort(([a], [b]) => a - b)) {
            const start = Math.floor(at / stepMs) * stepMs;
            if (at >= kept) buckets.set(start, [...(buckets.get(start) ?? []), value]);
          }
          for (const [aggregate, reduce] of Object.entries(REDUCE)) {
            const query = { device, measurement: 'cpu', field, from: 0, to: 1e12, stepMs };
            const [series] = await store.range({ ...query, aggregate: aggregate as Aggregate });
            const expected = [...buckets].map(([start, values]) => [start, reduce(values)]);
            expect(series?.points ?? [], `${device} ${field} ${aggregate}`).toEqual(expected);
          }
        }
      }
    }
    expect(this.#fixture.damage).toEqual([]);
  }

  #append(appended: readonly Sample[]): void {
    const taken: MetricRow[] = [];
    for (const { device, at, fields } of appended) {
      const known = (field: string): boolean => this.#samples.get(`${device} ${field}`)?.has(at) === true;
      // A second one of an instant that may be in a roll-up can't be told apart.
      if (at < this.#rolledUp && Object.keys(fields).some(known)) continue;
      taken.push({ device, at, measurement: 'cpu', tags: {}, fields });
      for (const [field, value] of Object.entries(fields)) {
        const key = `${device} ${field}`;
        this.#samples.set(key, (this.#samples.get(key) ?? new Map<number, number>()).set(at, value));
      }
    }
    const id = this.#nextId++;
    this.#log.push({ id, rows: taken });
    this.store.append(taken, id);
  }

  #trim(safe: number): void {
    this.#log = this.#log.filter(({ id }) => id > safe);
  }
}

let fixtures: EmbeddedFixture[] = [];
let stores: EmbeddedMetricsStore[] = [];
const release = async (): Promise<void> => {
  for (const store of stores) await store.close();
  for (const fixture of fixtures) fixture.dispose();
  stores = [];
  fixtures = [];
};
afterEach(release);

it('tells every sample once at steps of an hour, raw or rolled up, and so does a copy', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(acts, async (story) => {
      const [fixture, other] = [embeddedFixture(), embeddedFixture()];
      fixtures = [fixture, other];
      const bench = new Bench(fixture);
      try {
        for (const one of story) await bench.play(one);
        await bench.check(bench.store);
        const copy = other.open();
        stores = [copy];
        await copyAll(bench.store, copy);
        await bench.check(copy);
      } finally {
        stores.push(bench.store);
        await release();
      }
    }),
    { numRuns: 25, seed: 20260302 },
  );
});
