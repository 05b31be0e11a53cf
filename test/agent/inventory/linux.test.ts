import { describe, expect, test } from 'vitest';
import type { Collector, FactsContext } from '../../../agent/inventory/collector.ts';
import { disks } from '../../../agent/inventory/linux/disks.ts';
import { machine, SERIAL_LEFT_AT } from '../../../agent/inventory/linux/machine.ts';
import { monitors, parseEdid } from '../../../agent/inventory/linux/monitors.ts';
import { patches } from '../../../agent/inventory/linux/patches.ts';
import { parseLpstat, printers } from '../../../agent/inventory/linux/printers.ts';
import { system } from '../../../agent/inventory/linux/system.ts';
import { usb } from '../../../agent/inventory/linux/usb.ts';
import { network } from '../../../agent/inventory/network.ts';
import { DEFAULT_INVENTORY } from '../../../agent/inventory/options.ts';
import { processor } from '../../../agent/inventory/processor.ts';
import { createFakeContext, type FakeOutside } from '../fake-context.ts';

const refused = (code: string) => Object.assign(new Error(code), { code });

const os: FactsContext['os'] = {
  hostname: () => 'till-01',
  release: () => '6.1.0-28-amd64',
  arch: () => 'x64',
  cpus: () => Array.from({ length: 4 }, () => ({ model: 'Intel(R) Celeron(R) J1900  CPU @ 1.99GHz ' })),
  totalmem: () => 3_905_728 * 1024,
  networkInterfaces: () => ({
    lo: [{ address: '127.0.0.1', family: 'IPv4', internal: true, mac: '00:00:00:00:00:00' }],
    eth0: [
      { address: '10.1.2.3', family: 'IPv4', internal: false, mac: '00:1b:a9:aa:bb:cc' },
      { address: 'fe80::1', family: 'IPv6', internal: false, mac: '00:1b:a9:aa:bb:cc' },
    ],
    docker0: [{ address: '172.17.0.1', family: 'IPv4', internal: false, mac: '02:42:00:00:00:01' }],
  }),
};

async function gather(collector: Collector, outside: FakeOutside) {
  const { facts, unread } = await collector.gather({ ...createFakeContext(outside), os }, DEFAULT_INVENTORY);
  const told = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
  return unread && Object.keys(unread).length > 0 ? { told, unread } : told;
}

describe('machine', () => {
  const dmi = {
    '/sys/class/dmi/id/sys_vendor': 'Toshiba TEC\n',
    '/sys/class/dmi/id/product_name': 'TCx 800\n',
    '/sys/class/dmi/id/chassis_asset_tag': 'To Be Filled By O.E.M.\n',
    '/sys/class/dmi/id/bios_version': 'K1.04\n',
    '/sys/class/dmi/id/bios_date': '03/14/2023\n',
    '/sys/class/dmi/id/chassis_type': '13\n',
  };
  const known = {
    'machine.vendor': 'Toshiba TEC',
    'machine.model': 'TCx 800',
    'machine.biosVersion': 'K1.04',
    'machine.biosDate': '03/14/2023',
    'machine.chassis': 'All in One',
  };

  test('what makers leave unfilled is not told', async () => {
    expect(
      await gather(machine, { files: { ...dmi, '/sys/class/dmi/id/product_serial': 'Default string\n' } }),
    ).toEqual(known);
  });

  test('a serial number that only root may read is told as such', async () => {
    const files: Record<string, string> = dmi;
    const readText = async (path: string) => {
      if (path.endsWith('product_serial')) throw refused('EACCES');
      const text = files[path];
      if (text === undefined) throw refused('ENOENT');
      return text;
    };
    expect(await gather(machine, { readText })).toEqual({
      told: known,
      unread: { 'machine.serial': 'permission' },
    });
    files[SERIAL_LEFT_AT] = '41-A1234\n';
    expect(await gather(machine, { readText })).toEqual({ ...known, 'machine.serial': '41-A1234' });
  });

  test('a small board tells of itself through its device tree', async () => {
    const files = {
      '/proc/device-tree/model': 'Raspberry Pi 4 Model B Rev 1.4\0',
      '/proc/device-tree/serial-number': '10000000abcd1234\0',
    };
    expect(await gather(machine, { files })).toEqual({
      'machine.model': 'Raspberry Pi 4 Model B Rev 1.4',
      'machine.serial': '10000000abcd1234',
    });
  });
});

test('processor and memory; the kernel’s share of memory makes no news', async () => {
  expect(await gather(processor, {})).toEqual({
    'processor.model': 'Intel(R) Celeron(R) J1900 CPU @ 1.99GHz',
    'processor.count': 4,
    'memory.megabytes': 3840,
  });
});

test('disks that one can hold, with the serial number udev knows where the disk has no file for it', async () => {
  const files = {
    '/sys/block/nvme0n1/size': '500118192\n',
    '/sys/block/nvme0n1/device/model': 'SAMSUNG MZVLB256HBHQ-000L7\n',
    '/sys/block/nvme0n1/device/serial': 'S4ELNX0R123456\n',
    '/sys/block/nvme0n1/device/firmware_rev': '5M2QEXH7\n',
    '/sys/block/nvme0n1/removable': '0\n',
    '/sys/block/nvme0n1/queue/rotational': '0\n',
    '/sys/block/sda/size': '976773168\n',
    '/sys/block/sda/dev': '8:0\n',
    '/sys/block/sda/device/model': 'ST500LM021-1KJ15\n',
    '/sys/block/sda/device/vendor': 'ATA     \n',
    '/sys/block/sda/removable': '0\n',
    '/sys/block/sda/queue/rotational': '1\n',
    '/run/udev/data/b8:0': 'S:disk/by-id/x\nE:ID_SERIAL=ST500LM021-1KJ15_W62ABCDE\nE:ID_SERIAL_SHORT=W62ABCDE\n',
    '/sys/block/sdb/size': '0\n',
    '/sys/block/loop0/size': '200\n',
  };
  expect(await gather(disks, { files })).toEqual({
    'disk[nvme0n1].model': 'SAMSUNG MZVLB256HBHQ-000L7',
    'disk[nvme0n1].serial': 'S4ELNX0R123456',
    'disk[nvme0n1].firmware': '5M2QEXH7',
    'disk[nvme0n1].gigabytes': 256,
    'disk[nvme0n1].kind': 'nvme',
    'disk[sda].model': 'ST500LM021-1KJ15',
    'disk[sda].vendor': 'ATA',
    'disk[sda].serial': 'W62ABCDE',
    'disk[sda].gigabytes': 500,
    'disk[sda].kind': 'hdd',
  });
});

test('network cards that are hardware, also one that is down', async () => {
  const files = {
    '/sys/class/net/lo/address': '00:00:00:00:00:00\n',
    '/sys/class/net/eth0/speed': '100\n',
    '/sys/class/net/wlan0/address': '00:1b:a9:00:00:01\n',
    '/sys/class/net/wlan0/speed': '-1\n',
    '/sys/class/net/docker0/address': '02:42:00:00:00:01\n',
  };
  const isDirectory = async (path: string) => /\/(eth0|wlan0)\/device$/.test(path);
  expect(await gather(network, { files, isDirectory })).toEqual({
    'network[eth0].mac': '00:1b:a9:aa:bb:cc',
    'network[eth0].speed': 100,
    'network[eth0].addresses': '10.1.2.3',
    'network[wlan0].mac': '00:1b:a9:00:00:01',
  });
});

test('the system, with Debian’s point release', async () => {
  const files = {
    '/etc/os-release': 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_ID="12"\nID=debian\n',
    '/etc/debian_version': '12.8\n',
    '/proc/stat': 'cpu 1 2 3\nbtime 1790000000\n',
  };
  const stat = async () => ({ mtimeMs: Date.UTC(2024, 4, 3), size: 33, ino: 1, isFile: true });
  expect(await gather(system, { files, stat })).toEqual({
    'os.name': 'Debian GNU/Linux 12 (bookworm)',
    'os.version': '12.8',
    'os.kernel': '6.1.0-28-amd64',
    'os.arch': 'x64',
    'os.hostname': 'till-01',
    'os.installedOn': '2024-05-03',
    'os.lastBoot': '2026-09-21T14:13',
  });
});

test('packages of dpkg and of rpm, and the day of the last change', async () => {
  const stat = async () => ({ mtimeMs: Date.UTC(2026, 9, 30, 12), size: 1, ino: 1, isFile: true });
  const exec = async () => ({ code: 0, stdout: 'ii \nii \nrc \nii \n', stderr: '' });
  expect(await gather(patches, { stat, exec })).toEqual({ 'patches.count': 3, 'patches.last': '2026-10-30' });
  const none = async (): Promise<never> => Promise.reject(refused('ENOENT'));
  const rpm = async () => ({ code: 0, stdout: '1700000000\n1790000000\n(none)\n', stderr: '' });
  expect(await gather(patches, { stat: none, exec: rpm })).toEqual({
    'patches.count': 2,
    'patches.last': '2026-09-21',
  });
});

test('what hangs on USB, without hubs and interfaces; two alike are told apart by their port', async () => {
  const device = (port: string, id: string, more: Record<string, string> = {}) =>
    Object.fromEntries(
      Object.entries({ idVendor: id.slice(0, 4), idProduct: id.slice(5), bDeviceClass: '00', ...more }).map(
        ([file, text]) => [`/sys/bus/usb/devices/${port}/${file}`, `${text}\n`],
      ),
    );
  const files = {
    ...device('usb1', '1d6b:0002'),
    ...device('1-1', '05e3:0608', { bDeviceClass: '09' }),
    ...device('1-1.2', '04b8:0202', { product: 'TM-T88V', manufacturer: 'EPSON', serial: '4C36[1]' }),
    ...device('1-1.2:1.0', '0000:0000'),
    ...device('1-1.3', '0c2e:0901', { product: 'Scanner' }),
    ...device('1-1.4', '0c2e:0901', { product: 'Scanner' }),
  };
  expect(await gather(usb, { files })).toEqual({
    'usb[04b8:0202].name': 'TM-T88V',
    'usb[04b8:0202].vendor': 'EPSON',
    'usb[04b8:0202].serial': '4C36[1]',
    'usb[0c2e:0901@1-1.3].name': 'Scanner',
    'usb[0c2e:0901@1-1.4].name': 'Scanner',
  });
});

test('printers of CUPS; without CUPS there are none, and no account is told', async () => {
  expect(
    parseLpstat('device for receipt: usb://EPSON/TM-T88V?serial=A1\ndevice for office: smb://bob:secret@srv/laser\n'),
  ).toEqual({
    'printer[receipt].device': 'usb://EPSON/TM-T88V?serial=A1',
    'printer[office].device': 'smb://srv/laser',
  });
  expect(await gather(printers, { exec: async () => Promise.reject(refused('ENOENT')) })).toEqual({});
});

test('a screen tells its maker, model and serial number; what is no EDID tells nothing', async () => {
  const edid = new Uint8Array(128);
  edid.set([0, 255, 255, 255, 255, 255, 255, 0, 0x10, 0xac, 0x7b, 0xa0, 0x4c, 0x31, 0x30, 0x30]);
  edid.set([0, 0, 0, 0xfc, 0, ...Buffer.from('DELL P2317H\n  ')], 54);
  edid.set([0, 0, 0, 0xff, 0, ...Buffer.from('ABC123\n      ')], 72);
  expect(parseEdid(edid)).toEqual({ vendor: 'DEL', model: 'DELL P2317H', serial: 'ABC123' });
  expect(parseEdid(edid.slice(0, 100))).toBeUndefined();
  expect(parseEdid(new Uint8Array(128))).toBeUndefined();
  const files = { '/sys/class/drm/card0-HDMI-A-1/edid': '', '/sys/class/drm/version': '' };
  expect(await gather(monitors, { files, readPart: async () => edid })).toEqual({
    'monitor[HDMI-A-1].vendor': 'DEL',
    'monitor[HDMI-A-1].model': 'DELL P2317H',
    'monitor[HDMI-A-1].serial': 'ABC123',
  });
});
