import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/fujitsu-irmc.ts';
import { readSnapshot } from '../read-snapshot.ts';

const SERVER = '1.3.6.1.4.1.231.2.10.2.2.10';

test('a supply without mains, a temperature beyond its limit, and no absent fan', () => {
  const { identity, sensors } = readSnapshot(
    {
      '1.3.6.1.2.1.1.1.0': 'PRIMERGY iRMC S5',
      [`${SERVER}.1.1.0`]: 'agent',
      [`${SERVER}.2.3.1.5.1`]: 'PRIMERGY RX2530 M5',
      [`${SERVER}.2.3.1.7.1`]: 'YM0000',
      [`${SERVER}.5.1.1.3.1.1`]: 'Ambient',
      [`${SERVER}.5.1.1.5.1.1`]: 6,
      [`${SERVER}.5.1.1.6.1.1`]: 43,
      [`${SERVER}.5.1.1.7.1.1`]: 37,
      [`${SERVER}.5.1.1.8.1.1`]: 42,
      [`${SERVER}.5.2.1.5.1.1`]: 8,
      [`${SERVER}.5.2.1.6.1.1`]: 0,
      [`${SERVER}.6.2.1.3.1.1`]: 'PSU1',
      [`${SERVER}.6.2.1.5.1.1`]: 5,
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'bmc', model: 'PRIMERGY RX2530 M5', serial: 'YM0000' });
  expect(sensors).toMatchObject([
    { kind: 'temperature', name: 'Ambient', value: 43, status: 'critical' },
    { kind: 'state', name: 'Ambient', status: 'warning' },
    { kind: 'state', name: 'PSU1', label: 'no mains', status: 'critical' },
  ]);
});
