import { expect, test } from 'vitest';
import { plugin } from '../../../agent/checks/diskio.ts';
import { createFakeContext } from '../fake-context.ts';

const files = {
  '/sys/block/sda/size': '1',
  '/sys/block/loop0/size': '1',
  '/proc/diskstats': [
    '   7       0 loop0 9 0 9 9 9 0 9 9 0 9 9',
    '   8       0 sda 100 7 2000 30 200 8 4000 60 0 90 90 0 0 0 0',
    '   8       1 sda1 1 0 2 3 4 0 5 6 0 7 7',
    '',
  ].join('\n'),
};

test('whole disks, in bytes and milliseconds', async () => {
  const { points } = await plugin.create({})(createFakeContext({ files }));
  expect(points).toEqual([
    {
      m: 'diskio',
      t: { name: 'sda' },
      f: {
        reads: 100,
        writes: 200,
        read_bytes: 1_024_000,
        write_bytes: 2_048_000,
        read_time: 30,
        write_time: 60,
        io_time: 90,
      },
    },
  ]);
});

test('a partition when it is asked for', async () => {
  const { points } = await plugin.create({ devices: ['sda1'] })(createFakeContext({ files }));
  expect(points.map(({ t }) => t?.name)).toEqual(['sda1']);
});

test('macOS counts over all disks; Windows counts none and says so', async () => {
  const information = { disksIO: { rIO: 1, wIO: 2 }, fsStats: { rx: 3, wx: 4 } };
  const { points } = await plugin.create({})(createFakeContext({ platform: 'darwin', information }));
  expect(points[0]?.f).toEqual({ reads: 1, writes: 2, read_bytes: 3, write_bytes: 4 });
  const none = createFakeContext({ platform: 'win32', information: { disksIO: null, fsStats: null } });
  await expect(plugin.create({})(none)).rejects.toThrow('cannot be read on win32');
});
