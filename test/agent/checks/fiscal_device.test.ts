import { expect, test } from 'vitest';
import { plugin } from '../../../agent/checks/fiscal_device.ts';
import { listFaults } from '../../../agent/config-faults.ts';
import { createFakeContext } from '../fake-context.ts';

const file = '/var/lib/pos/fiscal.json';
const now = () => Date.UTC(2026, 10, 22, 12);
const stat = async () => ({ size: 1, mtimeMs: now() - 60_000, ino: 1, isFile: true });
const holding = (text: string) => createFakeContext({ files: { [file]: text }, now, stat });
const run = plugin.create({ file, unsent: { jsonPath: 'queue.unsent' }, expires: { jsonPath: 'cert.until' } });

test('what is unsent, and the days left', async () => {
  const { points, statuses } = await run(holding('{"queue":{"unsent":3},"cert":{"until":"2026-12-02T13:00:00Z"}}'));
  expect(points).toEqual([{ m: 'fiscal_device', f: { unsent: 3, days_left: 10, age_seconds: 60 } }]);
  expect(statuses).toEqual([{ check: 'the-check', status: 'ok' }]);
});

test('how much of its memory is used', async () => {
  const used = plugin.create({ file, usedPercent: { jsonPath: 'memory.used' } });
  const { points, statuses } = await used(holding('{"memory":{"used":"61.5"}}'));
  expect(points).toEqual([{ m: 'fiscal_device', f: { used_percent: 61.5, age_seconds: 60 } }]);
  expect(statuses[0]?.status).toBe('ok');
  expect((await used(holding('{}'))).statuses[0]?.text).toBe('No value found for usedPercent.');
});

test('past its end', async () => {
  const { points, statuses } = await run(holding('{"queue":{"unsent":0},"cert":{"until":"2026-11-22T11:00:00Z"}}'));
  expect(points[0]?.f.days_left).toBe(-1);
  expect(statuses[0]).toMatchObject({
    status: 'critical',
    text: 'The fiscal device has passed its end: the till may no longer be allowed to sell.',
  });
});

test('a value that is not there is named; the others are measured', async () => {
  const { points, statuses } = await run(holding('{"queue":{"unsent":0},"cert":{"until":"soon"}}'));
  expect(points[0]?.f).toEqual({ unsent: 0, age_seconds: 60 });
  expect(statuses).toEqual([{ check: 'the-check', status: 'unknown', text: 'No value found for expires.' }]);
});

test('a command, read by patterns', async () => {
  const fromProgram = plugin.create({
    command: ['/opt/tse/status'],
    unsent: { pattern: '^Unsent:\\s+(\\d+)' },
    daysLeft: { pattern: 'remaining days=(\\d+)' },
  });
  const exec = async () => ({ code: 0, stdout: 'TSE ok\nUnsent:  12\nremaining days=0\n', stderr: '' });
  const { points, statuses } = await fromProgram(createFakeContext({ exec, now }));
  expect(points).toEqual([{ m: 'fiscal_device', f: { unsent: 12, days_left: 0 } }]);
  expect(statuses[0]?.status).toBe('ok');
});

test('one source, and something to look for', () => {
  const unsent = { pattern: '(\\d+)' };
  expect(listFaults(plugin.options, { file, unsent })).toEqual([]);
  expect(listFaults(plugin.options, { file, usedPercent: unsent })).toEqual([]);
  expect(listFaults(plugin.options, { file })).not.toEqual([]);
  expect(listFaults(plugin.options, { unsent })).not.toEqual([]);
  expect(listFaults(plugin.options, { file, command: ['x'], unsent })).not.toEqual([]);
});
