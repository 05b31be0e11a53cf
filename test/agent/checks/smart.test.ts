import { expect, test } from 'vitest';
import { plugin } from '../../../agent/checks/smart.ts';
import { createFakeContext } from '../fake-context.ts';
import { printing, recording } from '../recording.ts';

const json = (name: string) => recording(`linux/smartctl-${name}.json`);
const ask = async (options: Parameters<typeof plugin.create>[0], ...outputs: string[]) => {
  const exec = printing(...outputs);
  return { ...(await plugin.create(options)(createFakeContext({ exec }))), calls: exec.calls };
};

test('without devices, all that the scan finds: a SATA and two NVMe disks in good health', async () => {
  const { points, statuses, calls } = await ask({}, json('scan'), json('sata'), json('nvme'), json('nvme-errors'));
  expect(statuses).toEqual([{ check: 'the-check', status: 'ok' }]);
  expect(points).toEqual([
    {
      m: 'smart_device',
      t: { device: 'sda', model: 'SAMSUNG MZ7WD240HAFV-00003', serial_no: 'EX0000001' },
      // Attribute 202 of this vendor is an exception mode, not what remains of its life.
      f: {
        exit_status: 0,
        health_ok: 1,
        temp_c: 27,
        power_on_hours: 84_619,
        power_cycle_count: 6,
        reallocated_sectors_count: 0,
        wear_leveling_count: 91,
        uncorrectable_errors: 0,
        udma_crc_errors: 0,
      },
    },
    {
      m: 'smart_device',
      t: { device: 'nvme0', model: 'Sabrent Rocket 4.0 1TB', serial_no: 'EX0000002' },
      f: {
        exit_status: 0,
        health_ok: 1,
        temp_c: 48,
        power_on_hours: 8733,
        power_cycle_count: 1815,
        critical_warning: 0,
        available_spare: 100,
        available_spare_threshold: 5,
        percentage_used: 4,
        unsafe_shutdowns: 39,
        media_errors: 0,
        error_log_entries: 4871,
      },
    },
    expect.objectContaining({
      t: { device: 'nvme1', model: 'Samsung SSD 970 EVO 500GB', serial_no: 'EX0000006' },
      f: expect.objectContaining({ health_ok: 1, media_errors: 7, available_spare: 99 }),
    }),
  ]);
  expect(calls[1]).toEqual(['smartctl', '-j', '-n', 'standby', '-i', '-H', '-A', '/dev/sda', '-d', 'sat']);
});

test('a failing disk is critical and keeps its figures', async () => {
  const { points, statuses } = await ask({ devices: ['/dev/sda'] }, json('failing'));
  expect(statuses).toEqual([
    { check: 'the-check', status: 'critical', text: 'sda: the disk foretells its own failure; replace it.' },
  ]);
  expect(points[0]?.f).toMatchObject({
    exit_status: 216,
    health_ok: 0,
    temp_c: 25,
    reallocated_sectors_count: 1975,
    pending_sector_count: 8,
  });
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

test('a USB disk without a thermometer, and a SCSI one that names its model in its own way', async () => {
  const usb = await ask({ devices: ['/dev/sda'] }, json('usb'));
  expect(usb.statuses[0]?.status).toBe('ok');
  expect(usb.points[0]?.f).toEqual({
    exit_status: 0,
    health_ok: 1,
    power_on_hours: 11,
    power_cycle_count: 223,
    reallocated_sectors_count: 0,
    uncorrectable_errors: 0,
  });
  const scsi = await ask({ devices: ['/dev/sdc'] }, json('scsi'));
  expect(scsi.statuses[0]?.status).toBe('ok');
  expect(scsi.points).toEqual([
    {
      m: 'smart_device',
      t: { device: 'sdc', model: 'HP 73.4G MAS3735NC', serial_no: 'EX0000007' },
      f: { exit_status: 0, health_ok: 1, temp_c: 28 },
    },
  ]);
});

test('behind a RAID controller: its volumes are mute, its disks speak, and a sick one is told by its number', async () => {
  const volume = json('raid-volume');
  const disk = json('megaraid');
  const outputs = [volume, volume, json('sata'), disk, disk, disk, disk, disk, disk];
  const well = await ask({}, json('scan-raid'), ...outputs, disk);
  expect(well.statuses).toEqual([{ check: 'the-check', status: 'ok' }]);
  expect(well.points[0]).toEqual({
    m: 'smart_device',
    t: { device: 'sda', model: 'Intel Raid 1 Volume', serial_no: 'Volume1' },
    f: { exit_status: 4 },
  });
  expect(well.points[3]?.f).toMatchObject({ exit_status: 4, health_ok: 1, temp_c: 25, read_error_rate: 181_426_040 });
  const ill = await ask({}, json('scan-raid'), ...outputs, disk.replace('"passed": true', '"passed": false'));
  expect(ill.statuses[0]).toMatchObject({
    status: 'critical',
    text: 'bus/6 megaraid,14: the disk foretells its own failure; replace it.',
  });
});

test('where nothing but a RAID volume answers, or it is asked by name, its health is not known', async () => {
  const text =
    'sdb: tells nothing of its health; behind a RAID controller its disks are named one by one (option devices).';
  const named = await ask({ devices: ['/dev/sdb'] }, json('raid-volume'));
  expect(named.statuses).toEqual([{ check: 'the-check', status: 'unknown', text }]);
  const scan = '{"devices":[{"name":"/dev/sdb","type":"scsi"}]}';
  expect((await ask({}, scan, json('raid-volume'))).statuses).toEqual(named.statuses);
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
    t: {
      device: 'bus/0',
      model: 'SAMSUNG MZ7WD240HAFV-00003',
      serial_no: 'EX0000001',
      id: '5',
      name: 'Reallocated_Sector_Ct',
    },
    f: { value: 100, worst: 100, threshold: 10, raw_value: 0 },
  });
  expect(points).toHaveLength(18);
});

test('an old smartctl, or a sudo that refuses, is told in its own words', async () => {
  const exec = printing({ code: 1, stderr: 'sudo: a password is required\n' });
  const { statuses } = await plugin.create({ devices: ['/dev/sda'], sudo: true })(createFakeContext({ exec }));
  expect(statuses[0]).toMatchObject({ status: 'unknown' });
  expect(statuses[0]?.text).toContain('sudo: a password is required');
});
