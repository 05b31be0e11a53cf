import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/host-resources.ts';
import { readSnapshot } from '../read-snapshot.ts';

const HOST = '1.3.6.1.2.1.25';
const TYPE = `oid:${HOST}.2.1`;

/** Rows of hrStorageTable, by index: type, name, unit, size, used. */
const storage = (
  rows: Record<number, readonly [type: string, name: string, unit: number, size: number, used: number]>,
) =>
  Object.fromEntries(
    Object.entries(rows).flatMap(([index, values]) =>
      values.map((value, at) => [`${HOST}.2.3.1.${at + 2}.${index}`, value] as const),
    ),
  );

test('a net-snmp host: the cache is not used memory, swap is told apart, kernel mounts are no stores', () => {
  const { memory, storage: stores } = readSnapshot(
    storage({
      1: [`${TYPE}.2`, 'Physical memory', 1024, 1000, 900],
      3: [`${TYPE}.3`, 'Virtual memory', 1024, 1500, 950],
      6: [`${TYPE}.1`, 'Memory buffers', 1024, 1000, 100],
      7: [`${TYPE}.1`, 'Cached memory', 2048, 1000, 200],
      10: [`${TYPE}.3`, 'Swap space', 1024, 500, 50],
      31: [`${TYPE}.4`, '/', 4096, 1000, 250],
      32: [`${TYPE}.4`, '/dev/shm', 4096, 1000, 1],
      33: [`${TYPE}.4`, '/snap/core/1', 4096, 10, 10],
      34: [`${TYPE}.4`, '/mnt/empty', 4096, 0, 0],
      35: [`${TYPE}.10`, '/mnt/share', 4096, 10, 10],
      36: [`${TYPE}.7`, '/media/cd', 4096, 10, 10],
    }),
    [profile],
  );
  expect(memory).toEqual([
    { name: 'Physical memory', usedPercent: 40, totalBytes: 1_024_000 },
    { name: 'Swap space', usedPercent: 10, totalBytes: 512_000 },
  ]);
  expect(stores).toEqual([{ name: '/', usedPercent: 25, totalBytes: 4_096_000 }]);
});

test('more cache than used memory: the cache was never counted as used', () => {
  const { memory } = readSnapshot(
    storage({ 1: [`${TYPE}.2`, 'Physical memory', 1024, 100, 30], 7: [`${TYPE}.1`, 'Cached memory', 1024, 100, 40] }),
    [profile],
  );
  expect(memory).toMatchObject([{ usedPercent: 30 }]);
});

test('Windows: its virtual memory counts, and a volume beyond 31 bits is not less than nothing', () => {
  const { memory, storage: stores } = readSnapshot(
    storage({
      1: [`${TYPE}.4`, 'D:\\ Label:Data', 4096, -1_294_967_296, 1_500_000_000],
      2: [`${TYPE}.3`, 'Virtual Memory', 65_536, 100, 21],
      3: [`${TYPE}.2`, 'Physical Memory', 65_536, 100, 23],
    }),
    [profile],
  );
  expect(stores).toMatchObject([{ usedPercent: 50 }]);
  expect(memory).toMatchObject([{ usedPercent: 23 }, { name: 'Virtual Memory', usedPercent: 21 }]);
});

test('FreeBSD’s own agent: pages in use against all memory, and the kernel’s pools left out', () => {
  const { memory, storage: stores } = readSnapshot(
    {
      [`${HOST}.2.2.0`]: 4000,
      ...storage({
        1: [`${TYPE}.2`, 'Real Memory Metrics', 4096, 500, 100],
        2: [`oid:${HOST}.3.9.3`, '/, type: ufs, dev: /dev/ada0', 512, 10, 1],
        3: [`oid:${HOST}.3.9.1`, '/dev, type: devfs, dev: devfs', 512, 2, 2],
        4: [`${TYPE}.2`, 'MALLOC: kernel', 16, 100, 100],
      }),
    },
    [profile],
  );
  expect(memory).toEqual([{ name: 'Real Memory Metrics', usedPercent: 10, totalBytes: 4_096_000 }]);
  expect(stores).toMatchObject([{ name: '/, type: ufs, dev: /dev/ada0', usedPercent: 10 }]);
});

test('processors: those without a name of their own are numbered', () => {
  const { cpu } = readSnapshot(
    {
      [`${HOST}.3.3.1.2.5`]: 12,
      [`${HOST}.3.3.1.2.6`]: 13,
      [`${HOST}.3.2.1.3.5`]: 'Intel Xeon',
      [`${HOST}.3.2.1.3.6`]: 'Unknown Processor Type',
    },
    [profile],
  );
  expect(cpu).toEqual([
    { name: 'Intel Xeon', usedPercent: 12 },
    { name: 'Processor 6', usedPercent: 13 },
  ]);
});

test.each([
  ['hex:00 00', 'ok', 'normal'],
  ['hex:80', 'warning', 'low paper'],
  ['hex:24 00', 'critical', 'low toner, jammed'],
  ['hex:00 04', 'ok', 'input tray empty'],
])('a printer’s error bits %s', (bits, status, label) => {
  const { sensors } = readSnapshot(
    {
      [`${HOST}.3.2.1.2.1`]: `oid:${HOST}.3.1.5`,
      [`${HOST}.3.2.1.5.1`]: 5,
      [`${HOST}.3.2.1.2.2`]: `oid:${HOST}.3.1.3`,
      [`${HOST}.3.2.1.5.2`]: 5,
      [`${HOST}.3.5.1.2.1`]: bits,
    },
    [profile],
  );
  expect(sensors).toMatchObject([
    { name: 'Printer Device Status', status: 'critical', oid: `${HOST}.3.2.1.5.1` },
    { name: 'Printer Error Status', status, label },
  ]);
});

test('Junos tells device and place: the place counts, and packages are images', () => {
  const { storage: stores } = readSnapshot(
    storage({
      1: [`${TYPE}.4`, '/dev/da0s2a, mounted on: /', 2048, 1000, 500],
      2: [`${TYPE}.4`, '/dev/md8, mounted on: /tmp', 2048, 100, 10],
      3: [`${TYPE}.4`, '/dev/md0, mounted on: /packages/mnt/jbase', 2048, 100, 100],
      4: [`${TYPE}.4`, 'devfs: dev file system, mounted on: /dev', 512, 2, 2],
      5: [`${TYPE}.4`, 'none, mounted on: /proc', 512, 2, 2],
    }),
    [profile],
  );
  expect(stores?.map(({ usedPercent }) => usedPercent)).toEqual([50, 10]);
});
