import { expect, test } from 'vitest';
import { plugin } from '../../../agent/checks/usb_device.ts';
import { createFakeContext } from '../fake-context.ts';
import { printing, recording } from '../recording.ts';

const SYS = '/sys/bus/usb/devices';
const files = {
  [`${SYS}/usb1/idVendor`]: '1d6b\n',
  [`${SYS}/usb1/idProduct`]: '0002\n',
  [`${SYS}/1-1/idVendor`]: '05f9\n',
  [`${SYS}/1-1/idProduct`]: '2206\n',
  [`${SYS}/1-1/serial`]: 'S/N 8F12\n',
  [`${SYS}/1-1:1.0/bInterfaceClass`]: '03\n',
  [`${SYS}/1-1.4/idVendor`]: '05f9\n',
  [`${SYS}/1-1.4/idProduct`]: '2206\n',
  [`${SYS}/2-1/idVendor`]: '04B8\n',
  [`${SYS}/2-1/idProduct`]: '0E15\n',
};
const run = (devices: Parameters<(typeof plugin)['create']>[0]['devices'], ctx = createFakeContext({ files })) =>
  plugin.create({ devices })(ctx);

test('what is there, by identity and number', async () => {
  const { points, statuses } = await run([
    { name: 'scanners', id: '05F9:2206', count: 2 },
    { name: 'printer', id: '04b8:0e15' },
    { name: 'any Epson', id: '04b8:*' },
    { name: 'that one', id: '05f9:2206', serial: 'S/N 8F12' },
  ]);
  expect(points.map(({ t, f }) => [t?.device, t?.id, f])).toEqual([
    ['scanners', '05f9:2206', { present: 2, expected: 2 }],
    ['printer', '04b8:0e15', { present: 1, expected: 1 }],
    ['any Epson', '04b8:*', { present: 1, expected: 1 }],
    ['that one', '05f9:2206', { present: 1, expected: 1 }],
  ]);
  expect(statuses).toEqual([{ check: 'the-check', status: 'ok' }]);
});

test('what is missing is named', async () => {
  const { statuses } = await run([
    { name: 'scale', id: '0922:8003' },
    { name: 'scanners', id: '05f9:2206', count: 3 },
    { name: 'another', id: '05f9:2206', serial: 'X' },
  ]);
  expect(statuses).toEqual([
    { check: 'the-check', status: 'critical', text: 'Not plugged in: scale, scanners (2/3), another.' },
  ]);
});

test('a host without USB has nothing plugged in', async () => {
  const listDir = async () => {
    throw Object.assign(new Error('x'), { code: 'ENOENT' });
  };
  const { points } = await run([{ name: 'scale', id: '0922:8003' }], createFakeContext({ listDir }));
  expect(points[0]?.f.present).toBe(0);
});

test('on Windows, from Plug and Play', async () => {
  const ctx = createFakeContext({ platform: 'win32', exec: printing(recording('windows/usb-devices.json')) });
  const { points } = await run(
    [
      { name: 'cable with a serial number', id: '0403:6001', serial: 'EX0000BI' },
      { name: 'another serial number', id: '0403:6001', serial: 'C' },
      { name: 'numbered by Windows alone', id: '1a86:7523' },
      { name: 'Windows’s number is no serial', id: '1a86:7523', serial: '6&1A2B3C4D&0&21' },
      { name: 'composite, counted once', id: '239a:8036' },
      { name: 'an interface alone', id: '0bda:5510' },
    ],
    ctx,
  );
  expect(points.map(({ f }) => f.present)).toEqual([1, 0, 1, 0, 1, 0]);
});

test('elsewhere it says that it cannot', async () => {
  await expect(run([{ name: 'a', id: '05f9:2206' }], createFakeContext({ platform: 'darwin' }))).rejects.toThrow(
    'USB devices are read on Linux and Windows only',
  );
});
