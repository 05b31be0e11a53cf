import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/megatec.ts';
import { readSnapshot } from '../read-snapshot.ts';

test('three phases; those it lacks are none', () => {
  const { identity, sensors = [] } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.935.10.1.1',
      '1.3.6.1.4.1.935.1.1.1.1.1.1.0': 'VFI',
      '1.3.6.1.4.1.935.1.1.1.1.2.3.0': 'M1',
      '1.3.6.1.4.1.935.1.1.1.4.1.1.0': 3,
      '1.3.6.1.4.1.935.1.1.1.2.2.1.0': 100,
      '1.3.6.1.4.1.935.1.1.1.8.2.2.0': 2305,
      '1.3.6.1.4.1.935.1.1.1.8.2.3.0': 0,
      '1.3.6.1.4.1.935.1.1.1.8.6.3.0': 11,
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'ups', model: 'VFI', serial: 'M1' });
  expect(sensors.map(({ kind, value, status }) => [kind, value, status])).toEqual([
    ['state', 3, 'warning'],
    ['charge', 100, 'ok'],
    ['voltage', 230.5, 'ok'],
    ['state', 11, 'critical'],
  ]);
});

test('a UPS of one phase has no rectifier of three that stands still', () => {
  const three = '1.3.6.1.4.1.935.1.1.1.8';
  const critical = (batteryVoltage: number) =>
    readSnapshot(
      {
        '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.935.10.1.1',
        [`${three}.1.1.0`]: batteryVoltage,
        [`${three}.5.6.0`]: 16,
        [`${three}.5.7.0`]: 16,
        [`${three}.6.5.0`]: 16,
      },
      [profile],
    ).sensors?.filter(({ status }) => status === 'critical').length;
  expect([critical(0), critical(4320)]).toEqual([undefined, 3]);
});
