import { expect, test } from 'vitest';
import type { VolumeStats } from '../../../agent/check.ts';
import { plugin } from '../../../agent/checks/disk.ts';
import { createFakeContext } from '../fake-context.ts';

const volume: VolumeStats = { bsize: 10, blocks: 100, bfree: 50, bavail: 30, files: 1000, ffree: 750 };
const mounts = (...lines: string[]) => ({ '/proc/self/mounts': `${lines.join('\n')}\n` });
const paths = async (files: Record<string, string>, more = {}) => {
  const { points } = await plugin.create({})(createFakeContext({ files, statfs: async () => volume, ...more }));
  return points.map(({ t }) => t?.path);
};

test('percentages as df gives them: root’s reserve counts neither as used nor as free', async () => {
  const files = mounts('/dev/vda / ext4 rw,relatime 0 0');
  const { points } = await plugin.create({})(createFakeContext({ files, statfs: async () => volume }));
  expect(points).toEqual([
    {
      m: 'disk',
      t: { path: '/', device: 'vda', fstype: 'ext4' },
      f: {
        total: 1000,
        used: 500,
        free: 300,
        used_percent: 62.5,
        inodes_total: 1000,
        inodes_free: 750,
        inodes_used: 250,
        inodes_used_percent: 25,
      },
    },
  ]);
});

test('pseudo, remote and image file systems are left out, a bind mount counts once', async () => {
  const files = mounts(
    'proc /proc proc rw 0 0',
    '/dev/sda2 / ext4 rw 0 0',
    'tmpfs /run tmpfs rw 0 0',
    'udev /dev devtmpfs rw 0 0',
    'overlay /var/lib/docker/x overlay rw 0 0',
    '/dev/loop3 /snap/core squashfs ro 0 0',
    'nas:/share /mnt/nas nfs4 rw 0 0',
    '/dev/fuse /mnt/fuse fuse.sshfs rw 0 0',
    '/dev/sda2 /srv/bind ext4 rw 0 0',
    '/dev/sdb1 /mnt/usb\\040stick vfat rw 0 0',
    'tank/data /tank zfs rw 0 0',
  );
  expect(await paths(files)).toEqual(['/', '/mnt/usb stick', '/tank']);
});

test('in a container the overlay root counts, and the files its host lends do not', async () => {
  const files = mounts('overlay / overlay rw 0 0', '/dev/sda1 /etc/hosts ext4 rw 0 0', '/dev/sda1 /data ext4 rw 0 0');
  expect(await paths(files, { isDirectory: async (path: string) => path !== '/etc/hosts' })).toEqual(['/', '/data']);
});

test('what is mounted last on the root is the root', async () => {
  const files = mounts('rootfs / rootfs rw 0 0', '/dev/mmcblk0p2 / ext4 rw 0 0');
  const { points } = await plugin.create({})(createFakeContext({ files, statfs: async () => volume }));
  expect(points.map(({ t }) => t)).toEqual([{ path: '/', device: 'mmcblk0p2', fstype: 'ext4' }]);
});

test('a file system without fixed inodes gives none', async () => {
  const files = mounts('/dev/sda1 / btrfs rw 0 0');
  const statfs = async () => ({ ...volume, files: 0, ffree: 0 });
  const { points } = await plugin.create({})(createFakeContext({ files, statfs }));
  expect(Object.keys(points[0]?.f ?? {})).toEqual(['total', 'used', 'free', 'used_percent']);
});

test('a wanted mount that is not there is critical', async () => {
  const files = mounts('/dev/sda1 / ext4 rw 0 0', '/dev/sdb1 /var ext4 rw 0 0');
  const run = plugin.create({ paths: ['/var', '/data'] });
  const { points, statuses } = await run(createFakeContext({ files, statfs: async () => volume }));
  expect(points.map(({ t }) => t?.path)).toEqual(['/var']);
  expect(statuses).toEqual([{ check: 'the-check', status: 'critical', text: 'Nothing is mounted on /data.' }]);
});

test('what is excluded is left out with all below it', async () => {
  const files = mounts(
    '/dev/sda1 / ext4 rw 0 0',
    '/dev/sdb1 /mnt ext4 rw 0 0',
    '/dev/sdc1 /mnt/usb vfat rw 0 0',
    '/dev/sdd1 /mnt2 ext4 rw 0 0',
  );
  const run = plugin.create({ exclude: ['/mnt'] });
  const { points } = await run(createFakeContext({ files, statfs: async () => volume }));
  expect(points.map(({ t }) => t?.path)).toEqual(['/', '/mnt2']);
});

test('a mount the kernel has closed to writing is critical where it must be open', async () => {
  const run = plugin.create({ writable: ['/', '/var'] });
  const ask = (...lines: string[]) => run(createFakeContext({ files: mounts(...lines), statfs: async () => volume }));
  const well = await ask('/dev/sda1 / ext4 rw,errors=remount-ro 0 0', '/dev/sdb1 /boot ext4 ro 0 0');
  expect(well.statuses).toEqual([]);
  const ill = await ask('/dev/sda1 / ext4 ro,relatime 0 0', '/dev/sdb1 /var ext4 rw 0 0');
  expect(ill.statuses).toEqual([{ check: 'the-check', status: 'critical', text: 'Closed to writing: /.' }]);
});

test('elsewhere the library is asked', async () => {
  const fsSize = [{ mount: 'C:', fs: 'C:', type: 'NTFS', size: 100, used: 75, available: 25 }];
  const { points } = await plugin.create({})(createFakeContext({ platform: 'win32', information: { fsSize } }));
  expect(points).toEqual([
    {
      m: 'disk',
      t: { path: 'C:', device: 'C:', fstype: 'NTFS' },
      f: { total: 100, used: 75, free: 25, used_percent: 75 },
    },
  ]);
});
