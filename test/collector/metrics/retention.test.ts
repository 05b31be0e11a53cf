import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeChunk } from '../../../collector/metrics/chunk-format.ts';
import type { EmbeddedMetricsStore } from '../../../collector/metrics/embedded-store.ts';
import type { Aggregate, Horizons, MetricRow } from '../../../collector/ports.ts';
import { DAY, HOUR, MINUTE, query, row, T0, TILL } from '../../contracts/metrics-samples.ts';
import { type EmbeddedFixture, embeddedFixture } from './embedded-fixture.ts';

const FIVE_MINUTES = 5 * MINUTE;

describe('retention in the embedded metrics store', () => {
  let fixture: EmbeddedFixture;
  let store: EmbeddedMetricsStore;
  let logId = 0;
  beforeEach(() => {
    fixture = embeddedFixture();
    store = fixture.open();
    logId = 0;
  });
  afterEach(async () => {
    await store.close();
    fixture.dispose();
  });

  const retain = (horizons: Partial<Horizons>): Promise<void> =>
    store.retain({ raw: 0, fiveMinutes: 0, hour: 0, ...horizons });

  const total = (aggregate: Aggregate): number =>
    store.range(query({ from: 0, to: T0 + 1000 * DAY, stepMs: 10_000 * DAY, aggregate }))[0]?.points[0]?.[1] ?? 0;

  /** One chunk on disk. */
  const write = async (rows: readonly MetricRow[]): Promise<void> => {
    store.append(rows, ++logId);
    await store.flush();
  };

  const sql = async <T>(work: (database: DatabaseSync) => T): Promise<T> => {
    await store.close();
    const database = new DatabaseSync(fixture.path);
    try {
      return work(database);
    } finally {
      database.close();
      store = fixture.open();
    }
  };

  const chunks = (): Promise<unknown[]> =>
    sql((database) =>
      database
        .prepare('SELECT width, start, samples FROM chunk ORDER BY width, start')
        .all()
        .map((chunk) => [chunk.width, ((chunk.start as number) - T0) / HOUR, chunk.samples]),
    );

  const hourly = (hours: number): MetricRow[] => Array.from({ length: hours }, (_, i) => row(T0 + i * HOUR, i));

  it('leaves a chunk that is partly old whole for a day, and cuts it then', async () => {
    await write(hourly(40));
    await retain({ raw: T0 + 24 * HOUR });
    expect(await chunks()).toEqual([[0, 0, 40]]);
    await retain({ raw: T0 + 25 * HOUR });
    expect(await chunks()).toEqual([
      [0, 25, 15],
      [300_000, 0, 125],
    ]);
    expect(store.stats().samples).toBe(15);
    expect(total('sum')).toBe((39 * 40) / 2);
    await retain({ raw: T0 + 40 * HOUR });
    expect(store.stats().samples).toBe(0);
    expect(total('sum')).toBe((39 * 40) / 2);
    expect(total('last')).toBe(39);
  });

  it('counts a sample once whose replacement stands in a chunk that is only partly old', async () => {
    await write([row(T0, 1), row(T0 + MINUTE, 10)]);
    await write([row(T0, 2), row(T0 + 2 * HOUR, 20)]);
    await retain({ raw: T0 + HOUR });
    expect([total('count'), total('sum')]).toEqual([3, 32]);
    expect(await chunks()).toEqual([
      [0, 2, 1],
      [300_000, 0, 5],
    ]);
  });

  it('counts a sample once whose replacement is not on disk yet', async () => {
    await write([row(T0, 1)]);
    store.append([row(T0, 2)], ++logId);
    await retain({ raw: T0 + HOUR });
    expect([total('count'), total('sum')]).toEqual([1, 2]);
    await store.flush();
    await retain({ raw: T0 + HOUR });
    expect([total('count'), total('sum')]).toEqual([1, 2]);
  });

  it('makes few large chunks of many small roll-ups', async () => {
    for (let i = 0; i < 64; i++) {
      await write([row(T0 + i * MINUTE, i)]);
      await retain({ raw: T0 + DAY });
    }
    expect((await chunks()).length).toBeLessThan(16);
    expect([total('count'), total('sum')]).toEqual([64, (63 * 64) / 2]);
  });

  it('leaves a damaged chunk where it is until all of its time is forgotten', async () => {
    await write([row(T0, 1)]);
    await write([row(T0 + HOUR, 2)]);
    await sql((database) => database.exec(`UPDATE chunk SET columns = x'00' WHERE id = 1`));
    await retain({ raw: T0 + DAY, fiveMinutes: T0 + DAY });
    expect(fixture.damage).toHaveLength(1);
    expect(total('sum')).toBe(2);
    expect(await chunks()).toEqual([
      [0, 0, 1],
      [HOUR, 1, 5],
    ]);
    await retain({ raw: T0 + DAY, fiveMinutes: T0 + DAY, hour: T0 + HOUR });
    expect(await chunks()).toEqual([[HOUR, 1, 5]]);
  });

  it('leaves all as it was when the file refuses', async () => {
    await write([row(T0, 1), row(T0 + MINUTE, 2)]);
    await sql((database) =>
      database.exec(`CREATE TRIGGER refuse BEFORE DELETE ON chunk BEGIN SELECT RAISE(ABORT, 'not now'); END`),
    );
    await expect(retain({ raw: T0 + DAY })).rejects.toThrow('not now');
    expect([total('count'), total('sum')]).toEqual([2, 3]);
    expect(await chunks()).toEqual([[0, 0, 2]]);
    await sql((database) => database.exec('DROP TRIGGER refuse'));
    await retain({ raw: T0 + DAY });
    expect([total('count'), total('sum')]).toEqual([2, 3]);
    expect(await chunks()).toEqual([[300_000, 0, 5]]);
  });

  it('lets a flush in between while it works through many devices', async () => {
    const devices = 400;
    await write(Array.from({ length: devices }, (_, i) => row(T0, i, { device: `acme/s1/till-${i}` })));
    const ended: string[] = [];
    const retained = retain({ raw: T0 + DAY }).then(() => ended.push('retain'));
    store.append([row(T0 + 2 * DAY, 1)], ++logId);
    await store.flush().then(() => ended.push('flush'));
    await retained;
    expect(ended).toEqual(['flush', 'retain']);
    expect(store.stats().samples).toBe(1);
  });

  it('makes no roll-ups while a scan is at work', async () => {
    await write(hourly(3));
    for await (const { rows } of store.scan()) {
      expect(rows).toHaveLength(3);
      await retain({ raw: T0 + DAY });
      expect(store.stats().samples).toBe(3);
    }
    await retain({ raw: T0 + DAY });
    expect(store.stats().samples).toBe(0);
    // Also after one that was not taken to its end.
    await write(hourly(3));
    for await (const _ of store.scan()) break;
    await retain({ raw: T0 + DAY });
    expect(store.stats().samples).toBe(0);
  });

  it('refuses a roll-up that is no bucket of ours', async () => {
    const bucket = {
      device: TILL,
      measurement: 'cpu',
      tags: {},
      field: 'usage_active',
      count: 1,
      sum: 1,
      min: 1,
      max: 1,
    };
    const refused = (widthMs: number, at: number) => store.appendRollups([{ ...bucket, last: 1, widthMs, at }]);
    await expect(refused(MINUTE, T0)).rejects.toThrow(`a roll-up of 60000 ms at ${T0}`);
    await expect(refused(FIVE_MINUTES, T0 + 1)).rejects.toThrow(RangeError);
    await refused(FIVE_MINUTES, Number.NaN).catch((error: Error) => expect(error).toBeInstanceOf(RangeError));
    await store.appendRollups([{ ...bucket, last: Number.NaN, widthMs: HOUR, at: T0 }]);
    expect(total('count')).toBe(0);
  });

  it('does not let the file grow once everything there is moves up and out in turn', { timeout: 60_000 }, async () => {
    const bytesAt: number[] = [];
    for (let day = 0; day < 32; day++) {
      for (let quarter = 0; quarter < 4; quarter++) {
        const begin = T0 + day * DAY + quarter * 6 * HOUR;
        await write(
          Array.from({ length: 180 }, (_, i) => {
            const fields = Object.fromEntries(
              Array.from({ length: 8 }, (_, f) => [`f${f}`, (i * (f + 7) * 7919) % 10_007]),
            );
            return row(begin + i * 2 * MINUTE, 0, { fields });
          }),
        );
        while ((await store.compact(10)) > 0);
        const now = begin + 6 * HOUR;
        await retain({ raw: now - 2 * DAY, fiveMinutes: now - 5 * DAY, hour: now - 12 * DAY });
      }
      bytesAt.push(store.stats().bytes);
    }
    // After sixteen days every level is full.
    const settled = Math.max(...bytesAt.slice(14, 20));
    expect(Math.max(...bytesAt.slice(20))).toBeLessThanOrEqual(settled * 1.05);
    expect(store.stats().samples).toBeLessThan(4 * 720 * 8);
  });
});

describe('a metrics file of version 1', () => {
  it('becomes one of this version, tells what it held, and rolls it up', async () => {
    const fixture = embeddedFixture();
    const database = new DatabaseSync(fixture.path);
    database.exec(`
      CREATE TABLE totals (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        applied INTEGER NOT NULL, samples INTEGER NOT NULL, series INTEGER NOT NULL, horizon REAL NOT NULL
      ) STRICT;
      INSERT INTO totals VALUES (1, 7, 3, 1, 0);
      CREATE TABLE series (
        id INTEGER PRIMARY KEY, measurement TEXT NOT NULL, tags TEXT NOT NULL, field TEXT NOT NULL
      ) STRICT;
      INSERT INTO series VALUES (1, 'cpu', '{}', 'usage_active');
      CREATE TABLE device (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, latest BLOB NOT NULL) STRICT;
      CREATE TABLE chunk (
        id INTEGER PRIMARY KEY, device INTEGER NOT NULL,
        start REAL NOT NULL, end REAL NOT NULL, samples INTEGER NOT NULL, columns BLOB NOT NULL
      ) STRICT;
      CREATE INDEX chunk_of_device ON chunk (device, end, start, samples);
      PRAGMA application_id = 0x5669674d;
      PRAGMA user_version = 1;
    `);
    const times = Float64Array.of(T0, T0 + MINUTE, T0 + HOUR);
    const values = Float64Array.of(1, 2, 3);
    const latest = new Uint8Array(Float64Array.of(1, T0 + HOUR, 3).buffer);
    database.prepare('INSERT INTO device VALUES (1, ?, ?)').run(TILL, latest);
    database
      .prepare('INSERT INTO chunk VALUES (NULL, 1, ?, ?, 3, ?)')
      .run(T0, T0 + HOUR, encodeChunk([{ series: 1, times, values }], false));
    database.close();

    let store = fixture.open();
    try {
      const sums = () => store.range(query({ to: T0 + DAY, stepMs: HOUR, aggregate: 'sum' }))[0]?.points;
      const told = [
        [T0, 3],
        [T0 + HOUR, 3],
      ];
      expect(sums()).toEqual(told);
      expect(store.appliedLogId()).toBe(7);
      store.append([row(T0 + 2 * DAY, 9)], 8);
      await store.retain({ raw: T0 + DAY, fiveMinutes: 0, hour: 0 });
      expect(store.stats().samples).toBe(1);
      await store.close();
      store = fixture.open();
      expect(sums()).toEqual(told);
      expect(store.last(TILL)).toMatchObject([{ value: 9 }]);
    } finally {
      await store.close();
      fixture.dispose();
    }
  });
});
