import { describe, expect, it } from 'vitest';
import {
  AGGREGATES,
  type Aggregate,
  type Horizons,
  type MetricRow,
  type MetricsStore,
  type RangeSeries,
  type RollupRow,
} from '../../collector/ports.ts';
import { copyAll, DAY, HOUR, MINUTE, OTHER, query, row, T0, TILL } from './metrics-samples.ts';

export interface StoresUnderTest {
  /** Empty at first, and closed by others. */
  store(): MetricsStore;
  reopen(): Promise<void>;
  /** A second one, likewise. */
  another(): Promise<MetricsStore>;
}

const FIVE_MINUTES = 5 * MINUTE;
const DAYS = 4;
const END = T0 + DAYS * DAY;
/** Nothing is old enough. */
const NEVER = 0;

interface Sample {
  at: number;
  value: number;
}

/** Not at regular places in their buckets, and none for three hours. In quarters: sums are exact in any order. */
const SAMPLES: readonly Sample[] = Array.from({ length: Math.floor((DAYS * DAY) / 97_000) }, (_, i) => ({
  at: T0 + i * 97_000,
  value: ((i * 7919) % 1000) / 4 - 50,
})).filter(({ at }) => at < T0 + 30 * HOUR || at >= T0 + 33 * HOUR);

const VALUE_OF: Readonly<Record<Aggregate, (values: readonly number[]) => number>> = {
  count: (values) => values.length,
  sum: (values) => values.reduce((a, b) => a + b, 0),
  mean: (values) => values.reduce((a, b) => a + b, 0) / values.length,
  min: (values) => Math.min(...values),
  max: (values) => Math.max(...values),
  last: (values) => values[values.length - 1] as number,
};

/** What a range of these samples, ascending in time, has to tell. */
function expected(samples: readonly Sample[], stepMs: number, aggregate: Aggregate): RangeSeries['points'] {
  const buckets = new Map<number, number[]>();
  for (const { at, value } of samples) {
    const start = Math.floor(at / stepMs) * stepMs;
    const bucket = buckets.get(start);
    if (bucket) bucket.push(value);
    else buckets.set(start, [value]);
  }
  return [...buckets].map(([start, values]) => [start, VALUE_OF[aggregate](values)]);
}

/** Roll-ups, forgetting, and moving to another store: part of the contract of every metrics store. */
export function retentionContract(stores: StoresUnderTest): void {
  const points = async (
    stepMs: number,
    aggregate: Aggregate,
    more: { from?: number; to?: number; store?: MetricsStore } = {},
  ): Promise<RangeSeries['points']> => {
    const { from = T0, to = END, store = stores.store() } = more;
    const series = await store.range(query({ from, to, stepMs, aggregate }));
    expect(series.length).toBeLessThanOrEqual(1);
    return series[0]?.points ?? [];
  };

  /** As reports come: a log row for every six hours, each on disk before the next. */
  const fill = async (): Promise<void> => {
    const store = stores.store();
    for (let i = 0; i < DAYS * 4; i++) {
      const [from, to] = [T0 + i * 6 * HOUR, T0 + (i + 1) * 6 * HOUR];
      const part = SAMPLES.filter(({ at }) => at >= from && at < to);
      await store.append(
        part.map(({ at, value }) => row(at, value)),
        i + 1,
      );
      await store.flush();
    }
  };

  const retain = async (horizons: Partial<Horizons>): Promise<void> => {
    await stores.store().retain({ raw: NEVER, fiveMinutes: NEVER, hour: NEVER, ...horizons });
  };

  const tellsAll = async (
    samples: readonly Sample[],
    steps: readonly number[],
    store?: MetricsStore,
  ): Promise<void> => {
    for (const aggregate of AGGREGATES) {
      for (const stepMs of steps) {
        const told = await points(stepMs, aggregate, store ? { store } : {});
        expect(told, `${aggregate} at ${stepMs / MINUTE} min`).toEqual(expected(samples, stepMs, aggregate));
      }
    }
  };

  const scanned = async (): Promise<{ raw: MetricRow[]; rollups: RollupRow[] }> => {
    const all: { raw: MetricRow[]; rollups: RollupRow[] } = { raw: [], rollups: [] };
    for await (const batch of stores.store().scan()) {
      if (batch.kind === 'raw') all.raw.push(...batch.rows);
      else all.rollups.push(...batch.rows);
    }
    return all;
  };

  describe('what is older than the raw horizon', () => {
    const horizon = T0 + 3 * DAY + 127_000;

    it('is told as before, at every step from five minutes on and in every way', async () => {
      await fill();
      const steps = [FIVE_MINUTES, 15 * MINUTE, HOUR, 6 * HOUR, DAY];
      await tellsAll(SAMPLES, steps);
      await retain({ raw: horizon });
      await tellsAll(SAMPLES, steps);
      await stores.reopen();
      await tellsAll(SAMPLES, steps);
    });

    it('is in a roll-up and no longer raw, each sample once', async () => {
      await fill();
      await retain({ raw: horizon });
      const { raw, rollups } = await scanned();
      expect(raw.filter(({ at }) => at < horizon - DAY)).toEqual([]);
      expect(rollups.filter(({ widthMs, at }) => widthMs !== FIVE_MINUTES || at >= horizon)).toEqual([]);
      const inRollups = rollups.reduce((sum, { count }) => sum + count, 0);
      expect(inRollups).toBeGreaterThan(SAMPLES.length / 3);
      expect(inRollups + raw.length).toBe(SAMPLES.length);
      expect((await points(END, 'count', { from: 0 }))[0]?.[1]).toBe(SAMPLES.length);
    });

    it('is told no finer than five minutes, a bucket whole where it begins', async () => {
      await fill();
      await retain({ raw: horizon });
      const day = SAMPLES.filter(({ at }) => at < T0 + DAY);
      expect(await points(MINUTE, 'count', { to: T0 + DAY })).toEqual(expected(day, FIVE_MINUTES, 'count'));
      const inside = { from: T0 + FIVE_MINUTES + 1, to: T0 + 10 * MINUTE + 1 };
      expect(await points(MINUTE, 'sum', inside)).toEqual(
        expected(
          day.filter(({ at }) => at >= T0 + 10 * MINUTE && at < T0 + 15 * MINUTE),
          FIVE_MINUTES,
          'sum',
        ),
      );
    });

    it('is rolled up once, however often it is asked for', async () => {
      await fill();
      await retain({ raw: horizon });
      await retain({ raw: horizon });
      await retain({ raw: horizon - DAY });
      await tellsAll(SAMPLES, [FIVE_MINUTES, HOUR]);
      await retain({ raw: END });
      await tellsAll(SAMPLES, [FIVE_MINUTES, HOUR]);
    });

    it('is told when it comes late, into a bucket that is rolled up already or into a gap', async () => {
      await fill();
      await retain({ raw: horizon });
      const late = [T0 + 7 * MINUTE + 13, T0 + 7 * MINUTE + 14, T0 + 31 * HOUR + 13].map((at, i) => ({
        at,
        value: 1000 + i,
      }));
      const all = [...SAMPLES, ...late].sort((a, b) => a.at - b.at);
      const tellsLate = async (): Promise<void> => {
        for (const aggregate of ['count', 'sum', 'mean', 'min', 'max'] as const) {
          for (const stepMs of [FIVE_MINUTES, HOUR]) {
            expect(await points(stepMs, aggregate), aggregate).toEqual(expected(all, stepMs, aggregate));
          }
        }
      };
      await stores.store().append(
        late.map(({ at, value }) => row(at, value)),
        DAYS * 4 + 1,
      );
      await tellsLate();
      await stores.store().flush();
      await tellsLate();
      await retain({ raw: horizon });
      await tellsLate();
      await stores.reopen();
      await tellsLate();
    });

    it('of each series stays its own', async () => {
      const store = stores.store();
      const disks = [{ path: '/' }, { path: '/var' }];
      const rows = SAMPLES.filter(({ at }) => at < T0 + 8 * HOUR).flatMap(({ at }, i) => [
        ...disks.map((tags, n) =>
          row(at, 0, { measurement: 'disk', tags, fields: { used_percent: n * 10, free: i * (n + 1) } }),
        ),
        row(at, i, { device: OTHER }),
      ]);
      await store.append(rows, 1);
      await store.flush();
      const tell = async () => [
        ...(await store.range(query({ measurement: 'disk', field: 'free', stepMs: HOUR, to: END, aggregate: 'max' }))),
        ...(await store.range(
          query({ measurement: 'disk', field: 'used_percent', stepMs: HOUR, to: END, aggregate: 'mean' }),
        )),
        ...(await store.range(query({ device: OTHER, stepMs: HOUR, to: END, aggregate: 'last' }))),
        ...(await store.range(
          query({
            measurement: 'disk',
            field: 'free',
            tags: { path: '/var' },
            stepMs: HOUR,
            to: END,
            aggregate: 'sum',
          }),
        )),
      ];
      const before = await tell();
      expect(before).toHaveLength(6);
      await retain({ raw: T0 + 2 * DAY });
      expect(await tell()).toEqual(before);
      await retain({ raw: T0 + 2 * DAY, fiveMinutes: T0 + 2 * DAY });
      expect(await tell()).toEqual(before);
    });
  });

  describe('what is older than the five-minute horizon', () => {
    it('is told as before at every step from an hour on', async () => {
      await fill();
      await retain({ raw: T0 + 3 * DAY });
      await retain({ raw: T0 + 3 * DAY, fiveMinutes: T0 + 2 * DAY + 20 * MINUTE });
      const steps = [HOUR, 6 * HOUR, DAY];
      await tellsAll(SAMPLES, steps);
      const { raw, rollups } = await scanned();
      expect(rollups.filter(({ widthMs, at }) => widthMs === FIVE_MINUTES && at < T0 + DAY)).toEqual([]);
      expect(new Set(rollups.map(({ widthMs }) => widthMs))).toEqual(new Set([FIVE_MINUTES, HOUR]));
      expect(rollups.reduce((sum, { count }) => sum + count, raw.length)).toBe(SAMPLES.length);
      await stores.reopen();
      await tellsAll(SAMPLES, steps);
    });

    it('may go both levels up at once, or late', async () => {
      await fill();
      await retain({ raw: T0 + 3 * DAY, fiveMinutes: T0 + 3 * DAY });
      await tellsAll(SAMPLES, [HOUR, DAY]);
      const late = { at: T0 + 2 * HOUR + 13, value: 1000 };
      await stores.store().append([row(late.at, late.value)], DAYS * 4 + 1);
      await retain({ raw: T0 + 3 * DAY, fiveMinutes: T0 + 3 * DAY });
      const all = [...SAMPLES, late].sort((a, b) => a.at - b.at);
      for (const aggregate of ['count', 'sum', 'min', 'max'] as const) {
        expect(await points(HOUR, aggregate)).toEqual(expected(all, HOUR, aggregate));
      }
    });
  });

  describe('what is older than the last horizon', () => {
    it('is forgotten, and the rest is kept', async () => {
      await fill();
      const horizons = { raw: T0 + 3 * DAY, fiveMinutes: T0 + 2 * DAY, hour: T0 + DAY + 2 * HOUR };
      await retain(horizons);
      const kept = SAMPLES.filter(({ at }) => at >= horizons.hour);
      await tellsAll(kept, [HOUR, DAY]);
      await retain({ ...horizons, hour: horizons.hour + 20 * MINUTE });
      // The hour in which the horizon stands is not wholly before it.
      await tellsAll(kept, [HOUR, DAY]);
      await stores.reopen();
      await tellsAll(kept, [HOUR, DAY]);
      const { raw, rollups } = await scanned();
      expect([...raw, ...rollups].filter(({ at }) => at < horizons.hour)).toEqual([]);
    });

    it('is forgotten also when it comes later', async () => {
      await fill();
      const horizons = { raw: T0 + 3 * DAY, fiveMinutes: T0 + 2 * DAY, hour: T0 + DAY };
      await retain(horizons);
      await stores.store().append([row(T0 + 13, 1)], DAYS * 4 + 1);
      await stores.store().flush();
      await retain(horizons);
      await tellsAll(
        SAMPLES.filter(({ at }) => at >= T0 + DAY),
        [HOUR],
      );
    });

    it('goes with its device when that has nothing else', async () => {
      const store = stores.store();
      for (let i = 0; i < 6; i++) {
        await store.append([row(T0 + i * HOUR, i), row(T0, i, { device: OTHER })], i + 1);
        await store.flush();
      }
      const horizon = T0 + 3 * HOUR;
      await retain({ raw: horizon, fiveMinutes: horizon, hour: horizon });
      expect((await points(HOUR, 'last')).map(([, value]) => value)).toEqual([3, 4, 5]);
      expect(await store.range(query({ device: OTHER }))).toEqual([]);
      expect(await store.last(OTHER)).toEqual([]);
      await store.append([row(T0 + 4 * HOUR, 9, { device: OTHER })], 7);
      await store.flush();
      await stores.reopen();
      expect((await points(HOUR, 'last')).map(([, value]) => value)).toEqual([3, 4, 5]);
      const others = await stores.store().range(query({ device: OTHER, to: END }));
      expect(others.map((series) => series.points)).toEqual([[[T0 + 4 * HOUR, 9]]]);
    });
  });

  describe('a scan', () => {
    it('of nothing is empty', async () => {
      expect(await scanned()).toEqual({ raw: [], rollups: [] });
    });

    it('joins the fields of one instant into a row, and keeps devices and tags apart', async () => {
      const rows = [
        row(T0, 0, { fields: { usage_active: 1, usage_idle: 99 } }),
        row(T0 + 1, 2),
        row(T0, 0, { measurement: 'disk', tags: { path: '/', fstype: 'ext4' }, fields: { used: 1, free: 2 } }),
        row(T0, 0, { measurement: 'disk', tags: { path: '/var' }, fields: { used: 3 } }),
        row(T0, 7, { device: OTHER }),
      ];
      await stores.store().append(rows, 1);
      const { raw, rollups } = await scanned();
      const name = (one: MetricRow): string => JSON.stringify([one.device, one.measurement, one.tags.path, one.at]);
      const sorted = (all: MetricRow[]): MetricRow[] => all.sort((a, b) => (name(a) < name(b) ? -1 : 1));
      expect(sorted(raw)).toEqual(sorted(rows));
      expect(rollups).toEqual([]);
    });

    it('comes in batches of bearable size, and says how far it is', async () => {
      await fill();
      await retain({ raw: T0 + 3 * DAY, fiveMinutes: T0 + 2 * DAY });
      let before = 0;
      const kinds = new Set<string>();
      for await (const { kind, rows, done, total } of stores.store().scan()) {
        kinds.add(kind);
        expect(rows.length).toBeGreaterThan(0);
        expect(rows.length).toBeLessThanOrEqual(20_000);
        expect(done).toBeGreaterThanOrEqual(before);
        expect(done).toBeLessThanOrEqual(total);
        before = done;
      }
      expect(kinds).toEqual(new Set(['raw', 'rollup']));
      expect(before).toBeGreaterThan(0);
    });

    it('tells a bucket once and whole, also where late samples were added to it', async () => {
      await fill();
      await retain({ raw: T0 + 2 * DAY });
      await stores.store().append([row(T0 + 13, 1)], DAYS * 4 + 1);
      await retain({ raw: T0 + 2 * DAY });
      const { rollups } = await scanned();
      const first = rollups.filter(({ at }) => at === T0);
      const values = SAMPLES.filter(({ at }) => at < T0 + FIVE_MINUTES).map(({ value }) => value);
      expect(first).toEqual([
        expect.objectContaining({
          device: TILL,
          measurement: 'cpu',
          tags: {},
          field: 'usage_active',
          widthMs: FIVE_MINUTES,
          count: values.length + 1,
          sum: VALUE_OF.sum([...values, 1]),
          min: Math.min(...values, 1),
          max: Math.max(...values, 1),
        }),
      ]);
    });

    it('tells what was there when it began, whatever is appended meanwhile', async () => {
      await fill();
      await retain({ raw: T0 + DAY });
      const store = stores.store();
      const seen = new Set<number>();
      let count = 0;
      let logId = DAYS * 4;
      for await (const batch of store.scan()) {
        logId++;
        await store.append([row(END + logId, 1)], logId);
        await store.flush();
        for (const one of batch.rows) {
          if (one.at >= END) continue;
          if (batch.kind === 'raw') seen.add(one.at);
          else count += (one as RollupRow).count;
        }
      }
      expect(seen.size + count).toBe(SAMPLES.length);
    });

    it('put into another store, once or twice, tells the same there', async () => {
      await fill();
      await retain({ raw: T0 + 3 * DAY, fiveMinutes: T0 + 2 * DAY });
      const copy = await stores.another();
      await copyAll(stores.store(), copy);
      await tellsAll(SAMPLES, [HOUR, DAY], copy);
      await copyAll(stores.store(), copy);
      await tellsAll(SAMPLES, [HOUR, DAY], copy);
      for (const aggregate of AGGREGATES) {
        const more = { from: T0 + 2 * DAY + HOUR };
        const there = await points(FIVE_MINUTES, aggregate, { ...more, store: copy });
        expect(there).toEqual(await points(FIVE_MINUTES, aggregate, more));
      }
      await copy.retain({ raw: END, fiveMinutes: END, hour: NEVER });
      await tellsAll(SAMPLES, [HOUR, DAY], copy);
    });

    it('put into another store is no part of the log there', async () => {
      await fill();
      const copy = await stores.another();
      await copyAll(stores.store(), copy);
      expect(await copy.appliedLogId()).toBe(0);
      await copy.append([row(END - 1, 1)], 1);
      const all = [...SAMPLES, { at: END - 1, value: 1 }];
      expect(await points(DAY, 'count', { store: copy })).toEqual(expected(all, DAY, 'count'));
    });
  });

  describe('a roll-up from elsewhere', () => {
    const rollup = (more: Partial<RollupRow> = {}): RollupRow => ({
      device: TILL,
      measurement: 'cpu',
      tags: {},
      field: 'usage_active',
      widthMs: FIVE_MINUTES,
      at: T0,
      count: 4,
      sum: 10,
      min: 1,
      max: 4,
      last: 3,
      ...more,
    });

    const told = async (): Promise<number[]> => {
      const values: number[] = [];
      for (const aggregate of ['count', 'sum', 'min', 'max', 'last', 'mean'] as const) {
        const [point, ...others] = await points(HOUR, aggregate);
        expect(others).toEqual([]);
        values.push(point?.[1] as number);
      }
      return values;
    };

    it('is told, and stays', async () => {
      await stores.store().appendRollups([rollup(), rollup({ at: T0 + FIVE_MINUTES, max: 9, last: 9 })]);
      expect(await told()).toEqual([8, 20, 1, 9, 9, 2.5]);
      await stores.reopen();
      expect(await told()).toEqual([8, 20, 1, 9, 9, 2.5]);
    });

    it('replaces the bucket of its series, width and start, and no other', async () => {
      const store = stores.store();
      await store.appendRollups([
        rollup({ tags: { cpu: 'cpu0' } }),
        rollup({ tags: { cpu: 'cpu1' } }),
        rollup({ tags: { cpu: 'cpu0' }, at: T0 + FIVE_MINUTES }),
        rollup({ tags: { cpu: 'cpu0' }, widthMs: HOUR }),
        rollup({ tags: { cpu: 'cpu0' }, device: OTHER }),
      ]);
      await store.appendRollups([rollup({ tags: { cpu: 'cpu0' }, count: 1 })]);
      const counts = async (device: typeof TILL) =>
        (await store.range(query({ device, stepMs: HOUR, aggregate: 'count' }))).map((series) => [
          series.tags.cpu,
          series.points[0]?.[1],
        ]);
      expect((await counts(TILL)).sort()).toEqual([
        ['cpu0', 9],
        ['cpu1', 4],
      ]);
      expect(await counts(OTHER)).toEqual([['cpu0', 4]]);
    });

    it('replaces what was rolled up here, and is added to by what is rolled up later', async () => {
      const store = stores.store();
      await store.append([row(T0, 1), row(T0 + MINUTE, 2)], 1);
      await store.flush();
      await retain({ raw: T0 + 2 * DAY });
      expect(await told()).toEqual([2, 3, 1, 2, 2, 1.5]);
      await store.appendRollups([rollup()]);
      expect(await told()).toEqual([4, 10, 1, 4, 3, 2.5]);
      await store.append([row(T0 + 2 * MINUTE, 15)], 2);
      expect(await told()).toEqual([5, 25, 1, 15, 15, 5]);
      await store.flush();
      await retain({ raw: T0 + 2 * DAY });
      expect(await told()).toEqual([5, 25, 1, 15, 15, 5]);
    });
  });
}
