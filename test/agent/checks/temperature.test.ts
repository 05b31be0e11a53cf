import { expect, test } from 'vitest';
import { plugin } from '../../../agent/checks/temperature.ts';
import { createFakeContext } from '../fake-context.ts';
import { printing, recording } from '../recording.ts';

const chips = {
  '/sys/class/hwmon/hwmon0/name': 'acpitz\n',
  '/sys/class/hwmon/hwmon0/temp1_input': '27800\n',
  '/sys/class/hwmon/hwmon1/name': 'coretemp\n',
  '/sys/class/hwmon/hwmon1/temp1_input': '61000\n',
  '/sys/class/hwmon/hwmon1/temp1_label': 'Package id 0\n',
  '/sys/class/hwmon/hwmon1/temp1_crit': '100000\n',
  '/sys/class/hwmon/hwmon1/temp2_label': 'Core 0\n',
  '/sys/class/hwmon/hwmon2/name': 'acpitz\n',
  '/sys/class/hwmon/hwmon2/temp1_input': '-127000\n',
  '/sys/class/hwmon/hwmon2/temp1_crit': '0\n',
  '/sys/class/thermal/thermal_zone0/temp': '44000\n',
};

test('each sensor under its chip’s and its own name; one that does not answer or lies is left out', async () => {
  const { points, statuses } = await plugin.create({})(createFakeContext({ files: chips }));
  expect(points).toEqual([
    { m: 'temp', t: { sensor: 'acpitz' }, f: { temp: 27.8 } },
    { m: 'temp', t: { sensor: 'coretemp_package_id_0' }, f: { temp: 61, limit: 100 } },
  ]);
  expect(statuses).toEqual([{ check: 'the-check', status: 'ok' }]);
});

test('the hardware’s own limit is critical', async () => {
  const files = { ...chips, '/sys/class/hwmon/hwmon1/temp1_input': '100400\n' };
  const { statuses } = await plugin.create({ sensors: ['coretemp_package_id_0'] })(createFakeContext({ files }));
  expect(statuses).toEqual([
    {
      check: 'the-check',
      status: 'critical',
      text: 'The hardware has reached its own temperature limit: coretemp_package_id_0 100/100 °C.',
    },
  ]);
});

test('thermal zones where no chip answers, numbered where they are named alike', async () => {
  const files = {
    '/sys/class/thermal/cooling_device0/type': 'Fan',
    '/sys/class/thermal/thermal_zone0/type': 'cpu-thermal\n',
    '/sys/class/thermal/thermal_zone0/temp': '48312\n',
    '/sys/class/thermal/thermal_zone1/type': 'cpu-thermal\n',
    '/sys/class/thermal/thermal_zone1/temp': '50000\n',
  };
  const { points } = await plugin.create({})(createFakeContext({ files }));
  expect(points).toEqual([
    { m: 'temp', t: { sensor: 'cpu_thermal' }, f: { temp: 48.312 } },
    { m: 'temp', t: { sensor: 'cpu_thermal_2' }, f: { temp: 50 } },
  ]);
});

test('a machine without sensors misses none; one whose sensors are asked for, or were there, does', async () => {
  const bare = createFakeContext();
  expect((await plugin.create({})(bare)).statuses).toMatchObject([{ status: 'ok' }]);
  expect((await plugin.create({ sensors: ['cpu'] })(bare)).statuses).toMatchObject([{ status: 'unknown' }]);
  const run = plugin.create({});
  await run(
    createFakeContext({
      files: { '/sys/class/thermal/thermal_zone0/type': 'cpu\n', '/sys/class/thermal/thermal_zone0/temp': '40000\n' },
    }),
  );
  expect((await run(bare)).statuses).toMatchObject([{ status: 'unknown' }]);
});

test('Windows gives tenths of kelvin', async () => {
  const exec = printing(recording('windows/thermal-zones.json'));
  const { points } = await plugin.create({})(createFakeContext({ platform: 'win32', exec }));
  expect(points).toEqual([{ m: 'temp', t: { sensor: 'ACPI\\ThermalZone\\TZ00_0' }, f: { temp: 27.9, limit: 110.1 } }]);
});
