import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/readynas.ts';
import { readSnapshot } from '../read-snapshot.ts';

const READYNAS = '1.3.6.1.4.1.4526.22';

test('disks and volumes by their words', () => {
  const { identity, sensors } = readSnapshot(
    {
      [`${READYNAS}.1.0`]: '6.10.3',
      [`${READYNAS}.2.0`]: '33N0000',
      [`${READYNAS}.3.1.9.1`]: 'ONLINE',
      [`${READYNAS}.3.1.10.1`]: 38,
      [`${READYNAS}.7.1.2.1`]: 'data',
      [`${READYNAS}.7.1.4.1`]: 'DEGRADED',
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'nas', version: '6.10.3', serial: '33N0000' });
  expect(sensors).toMatchObject([
    { name: 'Disk 1', status: 'ok' },
    { kind: 'temperature', value: 38 },
    { name: 'Volume data', status: 'critical' },
  ]);
});
