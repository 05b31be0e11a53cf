import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openInfluxMetricsStore } from '../../../collector/influx/influx-store.ts';
import type { InfluxOptions } from '../../../collector/influx/options.ts';
import type { MetricRow, MetricsStore, RollupRow } from '../../../collector/ports.ts';
import { HOUR, MINUTE, query, row, TILL } from '../../contracts/metrics-samples.ts';
import { type Influxd, startInfluxd } from '../../support/influxd.ts';

const NOW = Date.now();
const RETENTION = { rawDays: 14, fiveMinuteDays: 90, hourDays: 1095 };
let influxd: Influxd;
let database = '';
let databases = 0;

beforeAll(async () => {
  influxd = await startInfluxd();
});
afterAll(() => influxd.stop());
beforeEach(() => {
  database = `fault_${++databases}`;
});
// One that fails on the way leaves no frozen server to the next.
afterEach(() => influxd.server.thaw());

const open = (more: Partial<InfluxOptions> = {}, to: Influxd = influxd) =>
  openInfluxMetricsStore({ url: to.url, version: 1, database, timeoutSeconds: 1, ...more }, { retention: RETENTION });

const rows = (count: number, more: Partial<MetricRow> = {}): MetricRow[] =>
  Array.from({ length: count }, (_, i) => row(NOW - i * 1_000, i, more));

const stored = async (of: Influxd = influxd, field = 'usage_active') =>
  (await of.query(database, `SELECT count("${field}") FROM cpu`))[0]?.[1] ?? 0;

async function scanned(store: MetricsStore): Promise<(MetricRow | RollupRow)[]> {
  const all: (MetricRow | RollupRow)[] = [];
  for await (const batch of store.scan()) all.push(...batch.rows);
  return all;
}

const write = (lines: string) =>
  fetch(`${influxd.url}/write?db=${database}&precision=ms`, { method: 'POST', body: lines });

describe('a real influxd', () => {
  test('killed and started again has all, once', async () => {
    const store = open();
    await store.append(rows(12_000), 1);
    expect(await store.flush()).toBe(1);
    await influxd.server.kill();
    await store.append(rows(12_000, { tags: { cpu: '1' } }), 2);
    await expect(store.flush()).rejects.toThrow(/no answer from .*ECONNREFUSED/);
    // Room for little more than two chunks: what is beyond has to wait in the log.
    await expect(store.append(rows(10), 3)).rejects.toThrow(/no answer/);
    await influxd.server.start();
    await store.append(rows(10, { tags: { cpu: '2' } }), 3);
    expect(await store.flush()).toBe(3);
    expect(await stored()).toBe(24_010);
    await store.close();
  });

  test('frozen, times out, and has all once it is thawed', async () => {
    const store = open();
    await store.append(rows(10), 1);
    await store.flush();
    influxd.server.freeze();
    await store.append(rows(10, { tags: { cpu: '1' } }), 2);
    // A connection that it had closed just before breaks sooner.
    await expect(store.flush()).rejects.toThrow(/did not answer in time|no answer/);
    await expect(store.range(query({ from: NOW - HOUR, to: NOW }))).rejects.toThrow(/did not answer in time/);
    influxd.server.thaw();
    expect(await store.flush()).toBe(2);
    expect(await stored()).toBe(20);
    await store.close();
  });

  test('whose database is taken away has it made again', async () => {
    const store = open();
    await store.append(rows(10), 1);
    await store.flush();
    await influxd.query('', `DROP DATABASE "${database}"`);
    await store.append(rows(5), 2);
    expect(await store.flush()).toBe(2);
    expect(await stored()).toBe(5);
    await influxd.query('', `DROP DATABASE "${database}"`);
    expect(await store.range(query({ from: NOW - HOUR, to: NOW }))).toEqual([]);
    await store.close();
  });

  test('that refuses a part is given the rest, and the part is counted, not sent for ever', async () => {
    const store = open();
    await store.append([], 1);
    await influxd.query('', `CREATE DATABASE "${database}"`);
    // Another program wrote whole numbers under a name of ours.
    await write(`cpu,host=other usage_user=1i ${NOW}`);
    await store.append([...rows(100), ...rows(7, { fields: { usage_user: 1.5 } })], 2);
    expect(await store.flush()).toBe(2);
    expect(await stored()).toBe(100);
    expect(store.refused).toEqual({ 'field type conflict': 7 });
    await store.close();
  });

  test('gets what is older than it keeps counted as refused', async () => {
    const store = open();
    await store.append([row(NOW - 400 * 24 * HOUR, 1), row(NOW, 2)], 1);
    expect(await store.flush()).toBe(1);
    expect(await stored()).toBe(1);
    expect(store.refused).toEqual({ 'older than the server keeps': 1 });
    await store.close();
  });

  test('never sees an instant it can’t hold', async () => {
    const store = open();
    await store.append([row(8_640_000_000_000_000, 1), row(NOW, 2)], 1);
    expect(await store.flush()).toBe(1);
    expect(store.refused).toEqual({ 'time out of range': 1 });
    expect(await stored()).toBe(1);
    await store.close();
  });

  test('that has only broken lines in a chunk has them found and left', async () => {
    const store = open();
    // Longer than the 64 KiB influxd bears in a key.
    const broken = rows(3, { tags: { huge: 'x'.repeat(70_000) } });
    await store.append([...rows(50), ...broken], 1);
    expect(await store.flush()).toBe(1);
    expect(await stored()).toBe(50);
    expect(Object.values(store.refused).reduce((a, b) => a + b, 0)).toBe(3);
    await store.close();
  });

  test('keeps readings as long as asked, longer where it kept them too short, and never shorter', async () => {
    const durationOf = async (name: string) =>
      (await influxd.query('', `SHOW RETENTION POLICIES ON "${name}"`)).map(([, duration]) => duration);
    await influxd.query('', `CREATE DATABASE "${database}" WITH DURATION 3d`);
    await influxd.query('', `CREATE DATABASE "${database}_5m"`);
    const store = open();
    await store.append(rows(1), 1);
    await store.flush();
    expect(await durationOf(database)).toEqual(['384h0m0s']);
    expect(await durationOf(`${database}_5m`)).toEqual(['0s']);
    expect(await durationOf(`${database}_1h`)).toEqual([`${1097 * 24}h0m0s`]);
    await store.close();
  });

  test('bears the names it keeps for itself, and awkward ones', async () => {
    const store = open();
    const tags = { time: 't', host: 'h', chain: 'c', store: 's', _field: 'f', tag_time: 'x', empty: '', 'a b,=c': ' ' };
    const texts = { line: 'a\nb\r\n', back: 'ends\\', both: '\\,\\= \\\\', sign: '␛e␛', quote: `"'` };
    const fields = { time: 1, host: 2, field_time: 3, x: 4, x_min: 5, x_min_: 6 };
    const at = NOW - 3 * 24 * HOUR;
    await store.append([row(at, 0, { tags: { ...tags, ...texts }, fields })], 1);
    await store.flush();
    const told = async () =>
      Promise.all(
        Object.keys(fields).map(async (field) => {
          const found = query({ field, from: at - HOUR, to: at + HOUR, stepMs: HOUR, tags: { ...tags, ...texts } });
          const [series, ...others] = await store.range(found);
          expect(others).toEqual([]);
          expect(series?.tags).toEqual({ ...tags, ...texts });
          return series?.points[0]?.[1];
        }),
      );
    expect(await told()).toEqual(Object.values(fields));
    const last = await store.last(TILL);
    expect(Object.fromEntries(last.map(({ field, value }) => [field, value]))).toEqual(fields);
    expect(last[0]?.tags).toEqual({ ...tags, ...texts });
    for (const fiveMinutes of [0, NOW - 24 * HOUR]) {
      await store.retain({ raw: NOW - 24 * HOUR, fiveMinutes, hour: 0 });
      expect(await told()).toEqual(Object.values(fields));
    }
    const [first] = await scanned(store);
    expect(first?.tags).toEqual({ ...tags, ...texts });
    await store.close();
  });

  test('rolls up again what was left half done, and counts it once', async () => {
    const store = open();
    const at = NOW - 3 * 24 * HOUR;
    const old = Array.from({ length: 600 }, (_, i) => row(at + i * MINUTE, i));
    await store.append(old, 1);
    await store.flush();
    const whole = query({ from: at - HOUR, to: NOW, stepMs: 24 * HOUR, aggregate: 'count' });
    const before = await store.range(whole);
    const horizons = { raw: NOW - 24 * HOUR, fiveMinutes: NOW - 24 * HOUR, hour: 0 };
    await store.retain(horizons);
    await store.close();
    // As if it had been killed before the marks were moved.
    await influxd.query(`${database}_1h`, 'DROP MEASUREMENT vigie_marks');
    const again = open();
    expect(await again.range(whole)).toEqual(before);
    await again.retain(horizons);
    expect(await again.range(whole)).toEqual(before);
    await again.close();
  });

  test('is told of readings no other program’s data is among', async () => {
    await influxd.query('', `CREATE DATABASE "${database}"`);
    await write(`cpu,host=till-1 usage_active=99,note="text" ${NOW}`);
    const store = open();
    await store.append([row(NOW, 1)], 1);
    expect(await store.last(TILL)).toEqual([
      { measurement: 'cpu', field: 'usage_active', tags: {}, value: 1, at: NOW },
    ]);
    expect(await scanned(store)).toEqual([row(NOW, 1)]);
    await store.close();
  });
});

test('an influxd that asks for a password gets it, and no error ever says it', async () => {
  const guarded = await startInfluxd({ auth: true });
  try {
    await fetch(`${guarded.url}/query`, {
      method: 'POST',
      body: new URLSearchParams({ q: `CREATE USER vigie WITH PASSWORD 'right-secret' WITH ALL PRIVILEGES` }),
    });
    const wrong = open({ user: 'vigie', password: 'wrong-secret' }, guarded);
    await wrong.append(rows(3), 1);
    const error = await wrong.flush().then(
      () => undefined,
      (fault: Error) => fault,
    );
    expect(error?.message).toMatch(/answered 401: .*check its user or token/);
    expect(`${error?.message} ${error?.stack} ${JSON.stringify(error)}`).not.toMatch(/wrong-secret/);
    expect(wrong.refused).toEqual({});
    await wrong.close();
    const right = open({ user: 'vigie', password: 'right-secret' }, guarded);
    await right.append(rows(3), 1);
    expect(await right.flush()).toBe(1);
    const [series] = await right.range(query({ from: NOW - HOUR, to: NOW + 1, stepMs: HOUR, aggregate: 'max' }));
    expect(series?.points.at(-1)?.[1]).toBeDefined();
    await right.close();
  } finally {
    await guarded.stop();
  }
});

test('an influxd that takes small requests only gets small ones', async () => {
  const narrow = await startInfluxd({ maxBody: 20_000 });
  try {
    const store = open({}, narrow);
    await store.append(rows(2_000), 1);
    expect(await store.flush()).toBe(1);
    expect(await stored(narrow)).toBe(2_000);
    expect(store.refused).toEqual({});
    await store.close();
  } finally {
    await narrow.stop();
  }
});
