import { Check } from 'typebox/schema';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plugin } from '../../../agent/checks/prometheus.ts';
import { Point } from '../../../protocol/messages.ts';
import { freePort } from '../../support/free-port.ts';
import { type RealServer, startRealServer } from '../../support/real-server.ts';
import { runOnce } from './run-live.ts';

let url: string;
let exporter: RealServer;

beforeAll(async () => {
  const address = `127.0.0.1:${await freePort()}`;
  url = `http://${address}/metrics`;
  exporter = await startRealServer({
    program: 'prometheus-node-exporter',
    args: [`--web.listen-address=${address}`],
    isReady: async () => (await fetch(url)).ok,
  });
});
afterAll(() => exporter.stop());

test('node_exporter: what is asked for, with its labels', async () => {
  const { points, statuses } = await runOnce(plugin, {
    url,
    metrics: ['node_load*', 'node_filesystem_avail_bytes', 'node_cpu_seconds_total', 'go_gc_duration_seconds'],
    dropLabels: ['fstype'],
    sumsAndCounts: true,
    maxSeries: 500,
  });
  expect(statuses).toEqual([{ check: 'the-check', status: 'ok' }]);
  expect(points.every((point) => Check(Point, point))).toBe(true);
  const plain = points.find(({ f }) => 'node_load1' in f);
  expect(Object.keys(plain?.f ?? {}).sort()).toEqual([
    'go_gc_duration_seconds_count',
    'go_gc_duration_seconds_sum',
    'node_load1',
    'node_load15',
    'node_load5',
  ]);
  const idle = points.find(({ t }) => t?.cpu === '0' && t.mode === 'idle');
  expect(idle?.f.node_cpu_seconds_total).toBeGreaterThan(0);
  expect(points.some(({ t }) => t?.fstype !== undefined)).toBe(false);
});

test('all it has, up to the cap', async () => {
  const { points, statuses } = await runOnce(plugin, { url, metrics: ['*'], maxSeries: 150 });
  expect(points.flatMap(({ f }) => Object.keys(f)).length).toBeLessThanOrEqual(150);
  expect(points.every((point) => Check(Point, point))).toBe(true);
  expect(statuses[0]).toMatchObject({ status: 'warning', text: expect.stringMatching(/only 150 are taken/) });
});
