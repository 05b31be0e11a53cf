import { expect, test } from 'vitest';
import { plugin } from '../../../agent/checks/smart.ts';
import { createFakeContext } from '../fake-context.ts';
import { printing, recording } from '../recording.ts';

const json = (name: string) => recording(`linux/smartctl-${name}.json`);
const ask = async (options: Parameters<typeof plugin.create>[0], ...outputs: string[]) => {
  const exec = printing(...outputs);
  return { ...(await plugin.create(options)(createFakeContext({ exec }))), calls: exec.calls };
};

test('without devices, all that the scan finds: a SATA and an NVMe disk in good health', async () => {
  const { points, statuses, calls } = await ask({}, json('scan'), json('sata'), json('nvme'));
  expect(statuses).toEqual([{ check: 'the-check', status: 'ok' }]);
  expect(points).toEqual([
    {
      m: 'smart_device',
      t: { device: 'sda', model: 'EXAMPLE SSD 128GB', serial_no: 'EX0000001' },
      f: {
        exit_status: 0,
        health_ok: 1,
        temp_c: 34,
        power_on_hours: 14_210,
        power_cycle_count: 812,
        reallocated_sectors_count: 0,
        wear_leveling_count: 93,
        uncorrectable_errors: 0,
        pending_sector_count: 2,
        udma_crc_errors: 3,
      },
    },
    {
      m: 'smart_device',
      t: { device: 'nvme0', model: 'EXAMPLE NVMe 256GB', serial_no: 'EX0000002' },
      f: {
        exit_status: 0,
        health_ok: 1,
        temp_c: 41,
        power_on_hours: 9120,
        power_cycle_count: 301,
        critical_warning: 0,
        available_spare: 100,
        available_spare_threshold: 10,
        percentage_used: 12,
        unsafe_shutdowns: 57,
        media_errors: 0,
        error_log_entries: 4,
      },
    },
  ]);
  expect(calls[1]).toEqual(['smartctl', '-j', '-n', 'standby', '-i', '-H', '-A', '/dev/sda', '-d', 'sat']);
});

test('a failing disk is critical and keeps its figures', async () => {
  const { points, statuses } = await ask({ devices: ['/dev/sda'] }, json('failing'));
  expect(statuses).toEqual([
    { check: 'the-check', status: 'critical', text: 'sda: the disk foretells its own failure; replace it.' },
  ]);
  expect(points[0]?.f).toMatchObject({ exit_status: 24, health_ok: 0, reallocated_sectors_count: 1984 });
});

test.each([
  [{ critical_warning: 4 }, 'critical', 'nvme0: the disk raises a warning (code 4).'],
  [{}, 'ok', undefined],
])('an NVMe disk’s own warnings %j', async (log, status, text) => {
  const nvme = JSON.parse(json('nvme')) as { nvme_smart_health_information_log: object };
  Object.assign(nvme.nvme_smart_health_information_log, log);
  const { statuses } = await ask({ devices: ['/dev/nvme0'] }, JSON.stringify(nvme));
  expect(statuses[0]).toMatchObject({ status, ...(text && { text }) });
});

test('an attribute at its threshold is a warning', async () => {
  const { statuses } = await ask(
    { devices: ['/dev/sda'] },
    json('sata').replace('"exit_status": 0', '"exit_status": 16'),
  );
  expect(statuses[0]?.status).toBe('warning');
});

test('a sleeping disk is left asleep and well', async () => {
  const { points, statuses } = await ask({ devices: ['/dev/sda'] }, json('standby'));
  expect(points).toEqual([]);
  expect(statuses).toEqual([{ check: 'the-check', status: 'ok' }]);
});

test.each([
  ['no-permission', 'sda: only root may ask this disk (option sudo).'],
  ['no-device', 'sda: Smartctl open device: /dev/sda failed: No such device.'],
])('%s is unknown', async (name, text) => {
  const { points, statuses } = await ask({ devices: ['/dev/sda'] }, json(name));
  expect(points).toEqual([]);
  expect(statuses).toEqual([{ check: 'the-check', status: 'unknown', text }]);
});

test('no disk at all is unknown', async () => {
  expect((await ask({}, json('scan-none'))).statuses[0]?.text).toBe('smartctl finds no disk.');
});

test('through sudo, never asking for a password; every attribute when wanted', async () => {
  const { points, calls } = await ask(
    { devices: ['/dev/bus/0 -d megaraid,4'], sudo: true, attributes: true },
    json('sata'),
  );
  expect(calls[0]?.slice(0, 3)).toEqual(['sudo', '-n', 'smartctl']);
  expect(calls[0]?.slice(-3)).toEqual(['/dev/bus/0', '-d', 'megaraid,4']);
  expect(points[1]).toEqual({
    m: 'smart_attribute',
    t: { device: 'bus/0', model: 'EXAMPLE SSD 128GB', serial_no: 'EX0000001', id: '5', name: 'Reallocated_Sector_Ct' },
    f: { value: 100, worst: 100, threshold: 10, raw_value: 0 },
  });
  expect(points).toHaveLength(9);
});

test('an old smartctl, or a sudo that refuses, is told in its own words', async () => {
  const exec = printing({ code: 1, stderr: 'sudo: a password is required\n' });
  const { statuses } = await plugin.create({ devices: ['/dev/sda'], sudo: true })(createFakeContext({ exec }));
  expect(statuses[0]).toMatchObject({ status: 'unknown' });
  expect(statuses[0]?.text).toContain('sudo: a password is required');
});
