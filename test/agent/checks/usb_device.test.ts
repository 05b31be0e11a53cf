import { expect, test } from 'vitest';
import { plugin } from '../../../agent/checks/usb_device.ts';
import { createFakeContext } from '../fake-context.ts';

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
  // As Windows PowerShell 5.1 writes `Get-PnpDevice | Select-Object InstanceId, Status | ConvertTo-Json`.
  const stdout = JSON.stringify([
    { InstanceId: 'USB\\VID_05F9&PID_2206\\8F12', Status: 'OK' },
    { InstanceId: 'USB\\VID_04B8&PID_0E15\\6&1A2B3C4D&0&2', Status: 'OK' },
    { InstanceId: 'USB\\VID_04B8&PID_0E15&MI_00\\7&1&0&0000', Status: 'OK' },
  ]);
  const ctx = createFakeContext({ platform: 'win32', exec: async () => ({ code: 0, stdout, stderr: '' }) });
  const { points } = await run(
    [
      { name: 'scanner', id: '05f9:2206', serial: '8F12' },
      { name: 'printer', id: '04b8:0e15' },
    ],
    ctx,
  );
  expect(points.map(({ f }) => f.present)).toEqual([1, 1]);
});

test('elsewhere it says that it cannot', async () => {
  await expect(run([{ name: 'a', id: '05f9:2206' }], createFakeContext({ platform: 'darwin' }))).rejects.toThrow(
    'USB devices are read on Linux and Windows only',
  );
});
