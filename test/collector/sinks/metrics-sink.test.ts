import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Horizons, MetricRow, MetricsStore, PartitionStore, StateStore } from '../../../collector/ports.ts';
import { frameReports } from '../../../collector/report-log.ts';
import { MetricsSink, type SinkSettings } from '../../../collector/sinks/metrics-sink.ts';
import { openSqliteStateStore } from '../../../collector/state/sqlite-state-store.ts';
import type { Report } from '../../../protocol/messages.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let state: StateStore;
let store: PartitionStore;
let sink: MetricsSink;
/** What the metrics store was handed, and what of it is safe. */
let appended: { logId: number; value: number }[];
let safe: number;
let refusal: (Error & { retryAfterMs?: number }) | undefined;
/** Resolved by the test: the store hangs until then. */
let hanging: Promise<void> | undefined;
let presses: boolean;
let attempts: number;
let retained: Horizons[];
let troubles: (string | undefined)[];
let wallLeapMs: number;

/** A metrics store that notes what it gets, and can be made to refuse or to hang. */
const metrics: MetricsStore = {
  flushEveryMs: 1_000,
  async append(rows: readonly MetricRow[], logId = 0) {
    attempts++;
    await hanging;
    if (refusal) throw refusal;
    for (const row of rows) appended.push({ logId, value: row.fields.value ?? Number.NaN });
  },
  async flush() {
    attempts++;
    await hanging;
    if (refusal) throw refusal;
    safe = appended.at(-1)?.logId ?? safe;
    return safe;
  },
  appliedLogId: () => safe,
  needsFlush: () => presses,
  maintain() {},
  retain: (horizons) => void retained.push(horizons),
  range: () => [],
  last: () => [],
  async *scan() {},
  appendRollups: async () => {},
  stats: () => ({ series: 0, samples: 0, bytes: 0 }),
  close() {},
};

const committed = (value: number) => {
  const report: Report = { v: 1, boot: 'bootbootone', seq: value, at: 1_000, points: [{ m: 'x', f: { value } }] };
  return { device: 'c/s/d' as const, skewMs: 0, payload: Buffer.from(JSON.stringify(report)), report };
};

/** Commits reports to the log as one group and offers it, as the pipeline does. */
async function commit(...values: number[]): Promise<void> {
  const reports = values.map(committed);
  const logId = await store.commit({
    cursors: [],
    boots: [],
    log: frameReports(reports),
    judgement: { stores: [], incidents: [], tickets: [] },
    setAside: [],
    handled: [],
  });
  sink.offer(logId as number, reports);
}

const openSink = async (settings: SinkSettings = {}) => {
  sink = new MetricsSink({
    ...settings,
    store,
    metrics,
    now: () => Date.now() + wallLeapMs,
    monotonicMs: () => performance.now(),
    onTrouble: (error) => troubles.push(error?.message),
    random: () => 1,
  });
  await sink.start();
};
const values = () => appended.map(({ value }) => value);
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1);
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(async () => {
  vi.useFakeTimers();
  state = openSqliteStateStore(':memory:');
  store = await state.partition({ index: 0, of: 1 });
  appended = [];
  safe = 0;
  refusal = undefined;
  hanging = undefined;
  presses = false;
  attempts = 0;
  retained = [];
  troubles = [];
  wallLeapMs = 0;
});
afterEach(async () => {
  const closing = sink.close();
  await pass(1_000);
  await closing;
  await state.close();
  vi.useRealTimers();
});

test('every committed report reaches the store once, in order', async () => {
  await openSink();
  for (let i = 1; i <= 200; i++) {
    await commit(i);
    if (i % 7 === 0) await pass(1);
  }
  const closing = sink.close();
  await pass(100);
  await closing;
  expect(values()).toEqual(upTo(200));
  expect((await store.logSize()).rows).toBe(0);
});

test('what is committed while the log is being read is not passed over', async () => {
  const readLog = store.readLog.bind(store);
  vi.spyOn(store, 'readLog').mockImplementationOnce(async (after, limit) => {
    const rows = await readLog(after, limit);
    await commit(1);
    return rows;
  });
  await openSink();
  await pass(100);
  await commit(2);
  await pass(100);
  expect(values()).toEqual([1, 2]);
});

test('the log keeps what the store has not safe, and gives it again after a restart', async () => {
  await openSink();
  await commit(1);
  await commit(2);
  await pass(10);
  expect(values()).toEqual([1, 2]);
  expect((await store.logSize()).rows).toBe(2);
  // The process dies before a flush: what the store had in memory is gone.
  appended = [];
  await sink.abandon();
  await openSink();
  await pass(10);
  expect(values()).toEqual([1, 2]);
});

test('a store that is away is tried again after pauses that grow, and gets all of it, in order, when it is back', async () => {
  refusal = new Error('away');
  await openSink();
  for (let i = 1; i <= 100; i++) await commit(i);
  await pass(400);
  expect(attempts).toBe(1);
  await pass(10 * MINUTE);
  // 0.5, 1, 2 … 60 s, then every minute.
  expect(attempts).toBeGreaterThan(10);
  expect(attempts).toBeLessThan(20);
  expect(values()).toEqual([]);
  expect(troubles.at(-1)).toMatch(/away/);
  expect(sink.figures()).toMatchObject({ rows: 100, behind: true });
  refusal = undefined;
  await pass(MINUTE + 1_000);
  expect(values()).toEqual(upTo(100));
  expect(troubles.at(-1)).toBeUndefined();
  expect((await store.logSize()).rows).toBe(0);
});

test('a store that asks to be left alone for a while is', async () => {
  await openSink();
  refusal = Object.assign(new Error('too many requests'), { retryAfterMs: 30_000 });
  await commit(1);
  await pass(29_000);
  expect(attempts).toBe(1);
  refusal = undefined;
  await pass(2_000);
  expect(values()).toEqual([1]);
});

test('a store that hangs holds up nobody, and what waits stays in the log', async () => {
  await openSink();
  let thaw = () => {};
  hanging = new Promise((resolve) => {
    thaw = resolve;
  });
  for (let i = 0; i < 12; i++) await commit(...Array.from({ length: 1_000 }, (_, k) => i * 1_000 + k + 1));
  await pass(10_000);
  // Only so much is kept in memory.
  expect(sink.figures().behind).toBe(true);
  hanging = undefined;
  thaw();
  await pass(5_000);
  expect(values()).toEqual(upTo(12_000));
  expect(sink.figures()).toMatchObject({ rows: 0, behind: false, droppedReports: 0 });
});

test('a store that presses is flushed at once, and the log let go', async () => {
  await openSink();
  presses = true;
  await commit(1);
  await pass(10);
  expect(safe).toBe(1);
  expect((await store.logSize()).rows).toBe(0);
});

test('a full log loses its oldest rows, counted and told, after it was said beforehand', async () => {
  const bytesOfOne = frameReports([committed(1)])?.byteLength ?? 0;
  const logMaxBytes = bytesOfOne * 100;
  await openSink({ logMaxBytes });
  refusal = new Error('away');
  for (let i = 1; i <= 85; i++) await commit(i);
  await pass(3_000);
  expect(troubles.at(-1)).toMatch(/away.*8\d % full/);
  expect(sink.figures().droppedReports).toBe(0);
  for (let i = 86; i <= 300; i++) await commit(i);
  await pass(3_000);
  const { bytes, droppedReports, droppedPoints, rows } = sink.figures();
  expect(bytes).toBeLessThanOrEqual(logMaxBytes);
  expect(droppedReports).toBe(300 - rows);
  expect(droppedPoints).toBe(droppedReports);
  expect(troubles.at(-1)).toMatch(new RegExp(`full: its ${droppedReports} oldest reports, up to .* were dropped`));
  refusal = undefined;
  await pass(2 * MINUTE);
  expect(values()).toEqual(upTo(300).slice(droppedReports));
  expect(troubles.at(-1)).toBeUndefined();
});

test('a stop does not wait for a long backlog: the log keeps it', async () => {
  refusal = new Error('away');
  await openSink();
  for (let i = 1; i <= 10; i++) await commit(i);
  await pass(1_000);
  const closing = sink.close();
  await pass(10);
  await closing;
  expect((await store.logSize()).rows).toBe(10);
});

test('what is old is retained hourly by the clock, with the horizons as set', async () => {
  await openSink({ retention: { rawDays: 2, fiveMinuteDays: 5, hourDays: 9 } });
  await pass(2 * MINUTE);
  expect(retained).toHaveLength(1);
  const now = Date.now();
  expect(retained[0]).toEqual({ raw: now - 2 * DAY, fiveMinutes: now - 5 * DAY, hour: now - 9 * DAY });
  await pass(2 * HOUR);
  expect(retained).toHaveLength(3);
});

test('of several collectors only one does the housekeeping', async () => {
  const maintain = vi.spyOn(metrics, 'maintain');
  await openSink({ chores: false });
  await pass(2 * HOUR);
  expect(retained).toEqual([]);
  expect(maintain).not.toHaveBeenCalled();
});

test('a clock that leaps ahead deletes no history, and is believed again when it is set right', async () => {
  await openSink();
  await pass(3 * MINUTE);
  expect(retained).toHaveLength(1);
  wallLeapMs = 400 * DAY;
  await pass(2 * HOUR);
  expect(retained).toHaveLength(1);
  wallLeapMs = 0;
  await pass(HOUR);
  expect(retained).toHaveLength(2);
  expect(retained[1]?.raw).toBeLessThan(Date.now());
});
