import { expect, test } from 'vitest';
import { plugin } from '../../../agent/checks/processes.ts';
import { createFakeContext } from '../fake-context.ts';

test('counts by state; a process that ends meanwhile is left out', async () => {
  const files = {
    '/proc/1/stat': '1 (systemd) S 0 1',
    '/proc/2/stat': '2 (a) b) R 0 1',
    '/proc/3/stat': '3 (disk) D 0 1',
    '/proc/4/stat': '4 (dead) Z 0 1',
    '/proc/5/cmdline': 'ended',
    '/proc/self/stat': '9 (x) R 0 1',
  };
  const { points } = await plugin.create({})(createFakeContext({ files }));
  expect(points).toEqual([{ m: 'processes', f: { total: 4, running: 1, blocked: 1, zombies: 1 } }]);
});

test('elsewhere the library is asked', async () => {
  const information = { processes: { all: 90, running: 3, blocked: 1 } };
  const { points } = await plugin.create({})(createFakeContext({ platform: 'darwin', information }));
  expect(points[0]?.f).toEqual({ total: 90, running: 3, blocked: 1 });
});
