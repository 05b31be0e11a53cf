import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { MetricRow, MetricsStore, StateStore } from '../../../collector/ports.ts';
import { frameReports } from '../../../collector/report-log.ts';
import { MetricsSink } from '../../../collector/sinks/metrics-sink.ts';
import { openSqliteStateStore } from '../../../collector/state/sqlite-state-store.ts';
import type { Report } from '../../../protocol/messages.ts';

let state: StateStore;
let sink: MetricsSink;
let appended: { logId: number; value: number }[];
let onDisk: number;
let refuses: boolean;
let presses: boolean;
let troubles: boolean[];

/** A metrics store that notes what it gets, and can be made to refuse. */
const metrics: MetricsStore = {
  append(rows: readonly MetricRow[], logId: number) {
    if (refuses) throw new Error('away');
    for (const row of rows) appended.push({ logId, value: row.fields.value ?? Number.NaN });
  },
  flush() {
    if (refuses) throw new Error('away');
    onDisk = appended.at(-1)?.logId ?? onDisk;
    return onDisk;
  },
  appliedLogId: () => onDisk,
  needsFlush: () => presses,
  maintain() {},
  retain() {},
  range: () => [],
  last: () => [],
  stats: () => ({ series: 0, samples: 0, bytes: 0 }),
  close() {},
};

/** Commits one report to the log and offers it, as the pipeline does. */
function commit(value: number): void {
  const report: Report = { v: 1, boot: 'bootbootone', seq: value, at: 1_000, points: [{ m: 'x', f: { value } }] };
  const one = { device: 'c/s/d' as const, skewMs: 0, payload: Buffer.from(JSON.stringify(report)), report };
  const logId = state.commit({
    cursors: [],
    boots: [],
    log: frameReports([one]),
    judgement: { stores: [], incidents: [], tickets: [] },
    setAside: [],
  });
  sink.offer(logId as number, [one]);
}

const openSink = async () => {
  sink = new MetricsSink({ state, metrics, now: () => 0, onTrouble: (error) => troubles.push(error !== undefined) });
  await sink.start();
};
const values = () => appended.map(({ value }) => value);

beforeEach(async () => {
  vi.useFakeTimers();
  state = openSqliteStateStore(':memory:');
  appended = [];
  onDisk = 0;
  refuses = false;
  presses = false;
  troubles = [];
  await openSink();
});
afterEach(async () => {
  await sink.close();
  state.close();
  vi.useRealTimers();
});

test('every committed report reaches the store once, in order', async () => {
  for (let i = 1; i <= 200; i++) {
    commit(i);
    if (i % 7 === 0) await vi.advanceTimersByTimeAsync(1);
  }
  await sink.close();
  expect(values()).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
  expect(state.logSize().rows).toBe(0);
});

test('the log keeps what the store has not on disk, and gives it again after a restart', async () => {
  commit(1);
  commit(2);
  await vi.advanceTimersByTimeAsync(10);
  expect(values()).toEqual([1, 2]);
  expect(state.logSize().rows).toBe(2);
  // The process dies before a flush: what the store had in memory is gone.
  appended = [];
  await openSink();
  await vi.advanceTimersByTimeAsync(10);
  expect(values()).toEqual([1, 2]);
});

test('a store that is away gets all of it, in order, when it is back', async () => {
  refuses = true;
  for (let i = 1; i <= 100; i++) commit(i);
  await vi.advanceTimersByTimeAsync(100);
  expect(values()).toEqual([]);
  expect(troubles.at(-1)).toBe(true);
  refuses = false;
  await vi.advanceTimersByTimeAsync(130_000);
  expect(values()).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
  expect(troubles.at(-1)).toBe(false);
});

test('a store that presses is flushed at once, and the log let go', async () => {
  presses = true;
  commit(1);
  await vi.advanceTimersByTimeAsync(10);
  expect(onDisk).toBe(1);
  expect(state.logSize().rows).toBe(0);
});
