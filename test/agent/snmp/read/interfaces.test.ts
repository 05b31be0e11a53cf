import { expect, test } from 'vitest';
import { readSnapshot } from '../read-snapshot.ts';

const IF = '1.3.6.1.2.1.2.2.1';
const X = '1.3.6.1.2.1.31.1.1.1';

test('interfaces are read of both tables', () => {
  const { interfaces } = readSnapshot(
    {
      [`${IF}.2.1`]: 'GigabitEthernet0/1',
      [`${IF}.3.1`]: 6,
      [`${IF}.5.1`]: ['gauge', 1_000_000_000],
      [`${IF}.6.1`]: 'hex:00 1b 78 02 9c 01',
      [`${IF}.7.1`]: 1,
      [`${IF}.8.1`]: 1,
      [`${X}.1.1`]: 'Gi0/1',
      [`${X}.15.1`]: ['gauge', 2500],
      [`${X}.18.1`]: 'uplink',
      [`${IF}.2.12`]: 'lo',
      [`${IF}.6.12`]: '',
      [`${IF}.5.12`]: ['gauge', 4_294_967_295],
      [`${IF}.7.12`]: 2,
      [`${IF}.8.12`]: 7,
      [`${IF}.2.13`]: 'serial',
      [`${IF}.5.13`]: ['gauge', 64_000],
      [`${IF}.8.13`]: 9,
      [`${X}.15.13`]: ['gauge', 0],
    },
    [],
  );
  expect(interfaces).toEqual([
    {
      index: 1,
      name: 'Gi0/1',
      alias: 'uplink',
      status: 'up',
      isEnabled: true,
      speedBps: 2_500_000_000,
      type: 6,
      mac: '00:1b:78:02:9c:01',
    },
    { index: 12, name: 'lo', status: 'lowerLayerDown', isEnabled: false },
    { index: 13, name: 'serial', status: 'unknown', isEnabled: true, speedBps: 64_000 },
  ]);
});

test('the system group tells name, place and how long it has been up', () => {
  const reading = readSnapshot(
    {
      '1.3.6.1.2.1.1.1.0': 'A box',
      '1.3.6.1.2.1.1.3.0': ['timeticks', 360_050],
      '1.3.6.1.2.1.1.5.0': 'sw-1',
      '1.3.6.1.2.1.1.6.0': '',
    },
    [],
  );
  expect(reading).toEqual({ identity: { name: 'sw-1', description: 'A box' }, profiles: [], uptimeS: 3600 });
});

test.each([
  ['a slow line is told exactly by ifSpeed', 1_544_000, 2, 1_544_000],
  ['what both tell apart is ifHighSpeed’s', 1_410_065_408, 10_000, 10_000_000_000],
  ['ifHighSpeed in bit/s is none', 100_000_000, 100_000_000, 100_000_000],
  ['ifSpeed that is full says nothing', 4_294_967_295, 0, undefined],
])('%s', (_, speed, highSpeed, expected) => {
  const { interfaces } = readSnapshot(
    { [`${IF}.8.1`]: 1, [`${IF}.5.1`]: ['gauge', speed], [`${X}.15.1`]: ['gauge', highSpeed] },
    [],
  );
  expect(interfaces?.[0]?.speedBps).toBe(expected);
});
