import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/dell-openmanage.ts';
import { profile as linux } from '../../../../agent/snmp/profiles/linux.ts';
import { readSnapshot } from '../read-snapshot.ts';

const SERVER = '1.3.6.1.4.1.674.10892.1';

test('a Linux host that tells what hardware it runs on', () => {
  const { identity, sensors } = readSnapshot(
    {
      '1.3.6.1.2.1.1.1.0': 'Linux srv 6.1.0-18-amd64 #1 SMP x86_64',
      [`${SERVER}.300.10.1.9.1`]: 'PowerEdge T340',
      [`${SERVER}.300.10.1.11.1`]: 'XYZ7890',
      [`${SERVER}.700.12.1.6.1.1`]: 5400,
      [`${SERVER}.700.12.1.8.1.1`]: 'System Fan 1',
      '1.3.6.1.4.1.674.10893.1.20.140.1.1.4.1': 6,
    },
    [profile, linux],
  );
  expect(identity).toMatchObject({ model: 'Dell PowerEdge T340', serial: 'XYZ7890', version: '6.1.0-18-amd64' });
  expect(sensors).toMatchObject([
    { kind: 'fanspeed', name: 'System Fan 1', value: 5400 },
    { label: 'degraded', status: 'critical' },
  ]);
});
