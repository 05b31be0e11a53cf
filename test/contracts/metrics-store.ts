import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MetricsStore, RangeQuery, RangeSeries } from '../../collector/ports.ts';
import { retentionContract } from './metrics-retention.ts';
import { HOUR, MINUTE, OTHER, query, row, T0, TILL } from './metrics-samples.ts';

/** One empty store under test. */
export interface MetricsStoreFixture {
  /** Opens it on its own data. Called again after the one before was closed. */
  open(): MetricsStore | Promise<MetricsStore>;
  /** Removes the data. The store is closed. */
  dispose(): void | Promise<void>;
  /**
   * It does not know after reopening how far in the log it was: it answers 0, and is given again all that was not trimmed,
   * in order.
   */
  forgetsLogId?: boolean;
}

/** What every metrics store promises, whatever it is made of. `start` gives each test an empty one. */
export function metricsStoreContract(
  name: string,
  start: () => MetricsStoreFixture | Promise<MetricsStoreFixture>,
): void {
  describe(`metrics store contract: ${name}`, () => {
    let fixture: MetricsStoreFixture;
    let store: MetricsStore;
    let others: { fixture: MetricsStoreFixture; store: MetricsStore }[] = [];

    beforeEach(async () => {
      fixture = await start();
      store = await fixture.open();
    });

    afterEach(async () => {
      for (const one of [{ fixture, store }, ...others]) {
        await one.store.close();
        await one.fixture.dispose();
      }
      others = [];
    });

    /** What the store knows of the log after reopening, where `logId` was on disk. */
    const afterReopening = (logId: number): number => (fixture.forgetsLogId ? 0 : logId);

    const reopen = async (): Promise<void> => {
      await store.close();
      store = await fixture.open();
    };

    const points = async (more: Partial<RangeQuery> = {}): Promise<RangeSeries['points']> => {
      const series = await store.range(query(more));
      expect(series.length).toBeLessThanOrEqual(1);
      return series[0]?.points ?? [];
    };

    describe('what was appended', () => {
      it('is seen at once, before it is flushed', async () => {
        await store.append([row(T0, 12.5)], 1);
        expect(await points()).toEqual([[T0, 12.5]]);
      });

      it('is seen the same after a flush and after reopening', async () => {
        await store.append([row(T0, 12.5), row(T0 + MINUTE, 13)], 1);
        await store.flush();
        expect(await points()).toEqual([
          [T0, 12.5],
          [T0 + MINUTE, 13],
        ]);
        await reopen();
        expect(await points()).toEqual([
          [T0, 12.5],
          [T0 + MINUTE, 13],
        ]);
      });

      it('joins what is on disk with what is not', async () => {
        await store.append([row(T0, 1)], 1);
        await store.flush();
        await store.append([row(T0 + MINUTE, 2)], 2);
        expect(await points()).toEqual([
          [T0, 1],
          [T0 + MINUTE, 2],
        ]);
      });

      it('may come in any order of time', async () => {
        await store.append([row(T0 + 3 * MINUTE, 4), row(T0 + MINUTE, 2)], 1);
        await store.flush();
        await store.append([row(T0 + 2 * MINUTE, 3), row(T0, 1)], 2);
        expect(await points()).toEqual([0, 1, 2, 3].map((i) => [T0 + i * MINUTE, i + 1]));
      });

      it.each([
        ['in one go', false],
        ['after a flush', true],
      ])('is replaced by a later sample of the same series and instant, %s', async (_name, flushes) => {
        await store.append([row(T0, 1)], 1);
        if (flushes) await store.flush();
        await store.append([row(T0, 2)], 2);
        if (flushes) await store.flush();
        expect(await points({ aggregate: 'sum' })).toEqual([[T0, 2]]);
        expect(await points({ aggregate: 'count' })).toEqual([[T0, 1]]);
        expect((await store.last(TILL)).map(({ value }) => value)).toEqual([2]);
      });

      it('keeps numbers exactly: large, tiny, negative, whole and not', async () => {
        const values = [0, -1, 1.5, 100 / 3, -273.15, 2 ** 53, -(2 ** 53), 1e300, 5e-324, 1e15 + 0.5, 0.1 + 0.2];
        await store.append(
          values.map((value, i) => row(T0 + i * MINUTE, value)),
          1,
        );
        await store.flush();
        expect((await points()).map(([, value]) => value)).toEqual(values);
      });

      it('takes whole numbers and fractions in the same field, in either order', async () => {
        await store.append([row(T0, 1), row(T0 + MINUTE, 1.5)], 1);
        await store.append([row(T0, 2.5, { device: OTHER }), row(T0 + MINUTE, 2, { device: OTHER })], 2);
        expect((await points()).map(([, value]) => value)).toEqual([1, 1.5]);
        expect((await points({ device: OTHER })).map(([, value]) => value)).toEqual([2.5, 2]);
      });

      it('keeps instants to the millisecond', async () => {
        await store.append([row(T0 + 1, 1), row(T0 + 2, 2)], 1);
        await store.flush();
        expect(await points({ stepMs: 1 })).toEqual([
          [T0 + 1, 1],
          [T0 + 2, 2],
        ]);
      });
    });

    describe('the log', () => {
      it('starts at 0', async () => {
        expect(await store.appliedLogId()).toBe(0);
        expect(await store.flush()).toBe(0);
      });

      it('may be trimmed up to what flush returns', async () => {
        await store.append([row(T0, 1)], 7);
        const safe = await store.flush();
        expect(safe).toBe(7);
        await reopen();
        expect(await store.appliedLogId()).toBe(afterReopening(7));
        expect(await points()).toEqual([[T0, 1]]);
      });

      it('moves on with a log row that holds no samples', async () => {
        await store.append([], 3);
        expect(await store.flush()).toBe(3);
        await reopen();
        expect(await store.appliedLogId()).toBe(afterReopening(3));
      });

      it('may give the same row twice', async () => {
        await store.append([row(T0, 1)], 1);
        await store.append([row(T0, 1)], 1);
        await store.flush();
        await store.append([row(T0, 1)], 1);
        await store.flush();
        expect(await points({ aggregate: 'count' })).toEqual([[T0, 1]]);
        expect(await store.appliedLogId()).toBe(1);
      });

      it('may give an old row again without undoing what came after it', async () => {
        await store.append([row(T0, 1)], 1);
        await store.append([row(T0, 2)], 2);
        await store.append([row(T0, 1)], 1);
        expect(await points()).toEqual([[T0, 2]]);
        await store.flush();
        await reopen();
        // A store that forgets is given all of the log again, not the one row.
        for (const id of fixture.forgetsLogId ? [1, 2] : [1]) await store.append([row(T0, id)], id);
        expect(await points()).toEqual([[T0, 2]]);
      });

      it('brings back all that was not on disk when the store was closed without a flush', async () => {
        const log = [1, 2, 3, 4].map((id) => ({ id, rows: [row(T0 + id * MINUTE, id)] }));
        for (const { id, rows } of log.slice(0, 2)) await store.append(rows, id);
        await store.flush();
        for (const { id, rows } of log.slice(2)) await store.append(rows, id);
        await reopen();
        const applied = await store.appliedLogId();
        expect(applied).toBeGreaterThanOrEqual(afterReopening(2));
        const kept = (await points()).map(([, value]) => value);
        expect(kept).toEqual(log.map(({ id }) => id).filter((id) => kept.includes(id)));
        expect(kept.length).toBeGreaterThanOrEqual(applied);
        for (const { id, rows } of log) if (id > applied) await store.append(rows, id);
        expect((await points()).map(([, value]) => value)).toEqual([1, 2, 3, 4]);
      });
    });

    describe('a range', () => {
      it('begins at from and ends before to', async () => {
        await store.append(
          [0, 1, 2, 3].map((i) => row(T0 + i * MINUTE, i)),
          1,
        );
        const more = { from: T0 + MINUTE, to: T0 + 3 * MINUTE };
        expect((await points(more)).map(([, value]) => value)).toEqual([1, 2]);
      });

      it('has its buckets at multiples of the step since 1970, wherever it begins', async () => {
        await store.append([row(T0 + 4 * MINUTE, 1), row(T0 + 6 * MINUTE, 2), row(T0 + 11 * MINUTE, 3)], 1);
        const more = { from: T0 + 3 * MINUTE, stepMs: 5 * MINUTE };
        expect(await points(more)).toEqual([
          [T0, 1],
          [T0 + 5 * MINUTE, 2],
          [T0 + 10 * MINUTE, 3],
        ]);
      });

      it('takes into a first bucket only what is not before from', async () => {
        await store.append([row(T0, 100), row(T0 + 30_000, 1)], 1);
        expect(await points({ from: T0 + 1, aggregate: 'sum' })).toEqual([[T0, 1]]);
      });

      it('leaves out buckets without samples', async () => {
        await store.append([row(T0, 1), row(T0 + 10 * MINUTE, 2)], 1);
        expect(await points()).toEqual([
          [T0, 1],
          [T0 + 10 * MINUTE, 2],
        ]);
      });

      it.each([
        ['mean', 4],
        ['min', -2],
        ['max', 11],
        ['sum', 16],
        ['count', 4],
        ['last', 3],
      ] as const)('tells the %s of a bucket', async (aggregate, expected) => {
        const values = [4, -2, 11, 3];
        await store.append(
          values.map((value, i) => row(T0 + i * 10_000, value)),
          1,
        );
        await store.flush();
        expect(await points({ aggregate })).toEqual([[T0, expected]]);
      });

      it('of nothing is empty', async () => {
        await store.append([row(T0, 1)], 1);
        expect(await store.range(query({ device: OTHER }))).toEqual([]);
        expect(await store.range(query({ measurement: 'mem' }))).toEqual([]);
        expect(await store.range(query({ field: 'usage_idle' }))).toEqual([]);
        expect(await store.range(query({ from: T0 + 1 }))).toEqual([]);
      });

      it('of a day at 30 s has every sample', async () => {
        const rows = Array.from({ length: 2880 }, (_, i) => row(T0 + i * 30_000, i));
        for (let i = 0; i < 12; i++) await store.append(rows.slice(i * 240, (i + 1) * 240), i + 1);
        await store.flush();
        const hours = await points({ to: T0 + 24 * HOUR, stepMs: HOUR, aggregate: 'count' });
        expect(hours).toEqual(Array.from({ length: 24 }, (_, hour) => [T0 + hour * HOUR, 120]));
      });
    });

    describe('series', () => {
      const disks = [
        { path: '/', fstype: 'ext4' },
        { path: '/var', fstype: 'ext4' },
        { path: '/boot', fstype: 'vfat' },
      ];
      const diskRows = disks.map((tags, i) =>
        row(T0, i, { measurement: 'disk', tags, fields: { used_percent: i, free: i * 10 } }),
      );
      const disk = (more: Partial<RangeQuery> = {}) => query({ measurement: 'disk', field: 'used_percent', ...more });

      it('are told apart by their tags', async () => {
        await store.append(diskRows, 1);
        await store.flush();
        const series = await store.range(disk());
        expect(series.map(({ tags, points: [point] }) => [tags.path, point]).sort()).toEqual([
          ['/', [T0, 0]],
          ['/boot', [T0, 2]],
          ['/var', [T0, 1]],
        ]);
        expect(series.find(({ tags }) => tags.path === '/boot')?.tags).toEqual({ path: '/boot', fstype: 'vfat' });
      });

      it('stand in a stable order', async () => {
        await store.append(diskRows, 1);
        const before = (await store.range(disk())).map(({ tags }) => tags);
        await store.append([...diskRows].reverse(), 2);
        await store.flush();
        await reopen();
        expect((await store.range(disk())).map(({ tags }) => tags)).toEqual(before);
      });

      it('are chosen by some of their tags', async () => {
        await store.append(diskRows, 1);
        expect(await store.range(disk({ tags: { fstype: 'ext4' } }))).toHaveLength(2);
        expect(await store.range(disk({ tags: { fstype: 'ext4', path: '/var' } }))).toHaveLength(1);
        expect(await store.range(disk({ tags: { fstype: 'ntfs' } }))).toEqual([]);
        expect(await store.range(disk({ tags: { absent: 'x' } }))).toEqual([]);
      });

      it('are the same whatever order their tags are written in', async () => {
        await store.append([row(T0, 1, { tags: { a: '1', b: '2' } })], 1);
        await store.append([row(T0 + MINUTE, 2, { tags: { b: '2', a: '1' } })], 2);
        expect((await points()).map(([, value]) => value)).toEqual([1, 2]);
      });

      it('bear any text in their tags', async () => {
        const texts = ['Réserve n° 4 – « froid »', '東京', '🛒', 'a,b=c d"e\\f', "it's", 'C:\\Temp'];
        await store.append(
          texts.map((text, i) => row(T0, i, { tags: { name: text } })),
          1,
        );
        await store.flush();
        await reopen();
        const series = await store.range(query());
        expect(series.map(({ tags }) => tags.name).sort()).toEqual([...texts].sort());
        for (const [i, text] of texts.entries()) {
          expect(await points({ tags: { name: text } })).toEqual([[T0, i]]);
        }
      });

      it('of one device are not those of another', async () => {
        await store.append([row(T0, 1), row(T0, 2, { device: OTHER })], 1);
        expect(await points()).toEqual([[T0, 1]]);
        expect(await points({ device: OTHER })).toEqual([[T0, 2]]);
      });

      it('may be many', async () => {
        const rows = Array.from({ length: 1000 }, (_, i) => row(T0, i, { tags: { port: `ge-${i}` } }));
        await store.append(rows, 1);
        await store.flush();
        expect(await store.range(query())).toHaveLength(1000);
        expect(await store.range(query({ tags: { port: 'ge-777' } }))).toEqual([
          { tags: { port: 'ge-777' }, points: [[T0, 777]] },
        ]);
      });
    });

    describe('the newest samples', () => {
      it('are told for every series of a device, and of that device only', async () => {
        await store.append(
          [
            row(T0, 1, { fields: { usage_active: 1, usage_idle: 99 } }),
            row(T0 + MINUTE, 2),
            row(T0, 50, { measurement: 'disk', tags: { path: '/' }, fields: { used_percent: 50 } }),
            row(T0, 7, { device: OTHER }),
          ],
          1,
        );
        const expected = [
          { measurement: 'cpu', field: 'usage_active', tags: {}, value: 2, at: T0 + MINUTE },
          { measurement: 'cpu', field: 'usage_idle', tags: {}, value: 99, at: T0 },
          { measurement: 'disk', field: 'used_percent', tags: { path: '/' }, value: 50, at: T0 },
        ];
        const sorted = async () =>
          [...(await store.last(TILL))].sort((a, b) =>
            `${a.measurement} ${a.field}` < `${b.measurement} ${b.field}` ? -1 : 1,
          );
        expect(await sorted()).toEqual(expected);
        await store.flush();
        await reopen();
        expect(await sorted()).toEqual(expected);
        expect(await store.last('acme/lyon-01/nobody')).toEqual([]);
      });

      it('do not move when older ones come late', async () => {
        await store.append([row(T0 + MINUTE, 2)], 1);
        await store.flush();
        await store.append([row(T0, 1)], 2);
        await store.flush();
        expect((await store.last(TILL)).map(({ value }) => value)).toEqual([2]);
      });
    });

    retentionContract({
      store: () => store,
      reopen,
      another: async () => {
        const other = await start();
        const second = await other.open();
        others.push({ fixture: other, store: second });
        return second;
      },
    });

    it('counts what it holds', async () => {
      await store.append([row(T0, 1), row(T0 + MINUTE, 2)], 1);
      await store.flush();
      const { series, samples, bytes } = await store.stats();
      expect(series).toBeGreaterThanOrEqual(1);
      expect(samples).toBeGreaterThanOrEqual(2);
      expect(bytes).toBeGreaterThan(0);
    });
  });
}
