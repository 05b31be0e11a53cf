import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { plugin } from '../../../agent/checks/nagios.ts';
import { runLive, runOnce } from './run-live.ts';

const PLUGINS = '/usr/lib/nagios/plugins';
const run = (name: string, ...args: string[]) => runOnce(plugin, { command: [`${PLUGINS}/${name}`, ...args] });

test.each([
  ['0', 'ok'],
  ['1', 'warning'],
  ['2', 'critical'],
  ['3', 'unknown'],
])('check_dummy %s is %s', async (code, status) => {
  const { points, statuses } = await run('check_dummy', code, 'said so');
  expect(statuses).toEqual([{ check: 'the-check', status, text: expect.stringMatching(/: said so$/) }]);
  expect(points).toEqual([{ m: 'nagios_state', f: { state: Number(code) } }]);
});

test('check_disk: each file system with its thresholds', async () => {
  const { points, statuses } = await run('check_disk', '-w', '1%', '-c', '0%', '-p', '/');
  expect(statuses[0]).toMatchObject({ status: 'ok', text: expect.stringMatching(/^DISK OK/) });
  const root = points.find(({ t }) => t?.perfdata === '/');
  expect(root?.t?.unit).toMatch(/^(MB|MiB|B)$/);
  expect(root?.f).toMatchObject({ min: 0 });
  expect(root?.f.value).toBeGreaterThan(0);
  expect(root?.f.max).toBeGreaterThan(root?.f.value ?? 0);
  expect(root?.f.warning_gt).toBeLessThanOrEqual(root?.f.max ?? 0);
});

test('check_load: three values', async () => {
  const { points } = await run('check_load', '-w', '900,900,900', '-c', '999,999,999');
  const loads = points.filter(({ m }) => m === 'nagios');
  expect(loads.map(({ t }) => t?.perfdata)).toEqual(['load1', 'load5', 'load15']);
  expect(loads[0]?.f).toMatchObject({ warning_lt: 0, warning_gt: 900, critical_lt: 0, critical_gt: 999, min: 0 });
});

test('check_http and check_tcp against a server of ours', async () => {
  const server = createServer((_, response) => response.end('well'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = String((server.address() as AddressInfo).port);
  const http = await run('check_http', '-I', '127.0.0.1', '-p', port, '-s', 'well');
  expect(http.statuses[0]).toMatchObject({ status: 'ok', text: expect.stringMatching(/^HTTP OK/) });
  expect(http.points.map(({ t }) => t?.perfdata)).toEqual([undefined, 'time', 'size']);
  const tcp = await run('check_tcp', '-H', '127.0.0.1', '-p', port);
  expect(tcp.points.find(({ t }) => t?.perfdata === 'time')?.t?.unit).toBe('s');
  server.close();
  server.closeAllConnections();
  const gone = await run('check_tcp', '-H', '127.0.0.1', '-p', port);
  expect(gone.statuses[0]?.status).toBe('critical');
});

test('a plugin that is not there, and one that never ends', async () => {
  await expect(run('check_nothing')).rejects.toThrow('ENOENT');
  const endless = plugin.create({ command: ['/bin/sh', '-c', 'sleep 600 & wait'] });
  await expect(runLive(endless, 300)).rejects.toThrow(/timeout/i);
});
