import { expect, test } from 'vitest';
import { plugin } from '../../../agent/checks/mem.ts';
import { createFakeContext } from '../fake-context.ts';

const run = plugin.create({});
const KIB = 1024;

test('on Linux what is available decides what is used', async () => {
  const text =
    'MemTotal: 1000 kB\nMemFree: 100 kB\nMemAvailable: 400 kB\nBuffers: 50 kB\nCached: 200 kB\nSReclaimable: 25 kB\n';
  const { points } = await run(createFakeContext({ files: { '/proc/meminfo': text } }));
  expect(points).toEqual([
    {
      m: 'mem',
      f: {
        total: 1000 * KIB,
        available: 400 * KIB,
        used: 600 * KIB,
        used_percent: 60,
        available_percent: 40,
        free: 100 * KIB,
        cached: 225 * KIB,
        buffered: 50 * KIB,
      },
    },
  ]);
});

test('an old kernel that does not say what is available: free and caches', async () => {
  const text = 'MemTotal: 1000 kB\nMemFree: 100 kB\nBuffers: 50 kB\nCached: 200 kB\n';
  const { points } = await run(createFakeContext({ files: { '/proc/meminfo': text } }));
  expect(points[0]?.f).toMatchObject({ available: 350 * KIB, used_percent: 65 });
});

test('Windows and macOS', async () => {
  const windows = await run(createFakeContext({ platform: 'win32' }));
  expect(windows.points[0]?.f).toMatchObject({ total: 1000, available: 250, used_percent: 75 });
  const mem = { total: 1000, available: 600, free: 100, cached: 300, buffers: 0 };
  const mac = await run(createFakeContext({ platform: 'darwin', information: { mem } }));
  expect(mac.points[0]?.f).toMatchObject({ used: 400, used_percent: 40, cached: 300 });
});

test('without a total the check fails', async () => {
  await expect(run(createFakeContext({ files: { '/proc/meminfo': '' } }))).rejects.toThrow('MemTotal');
});
