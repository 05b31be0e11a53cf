import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/f5.ts';
import { readSnapshot } from '../read-snapshot.ts';

const SYSTEM = '1.3.6.1.4.1.3375.2.1';

test('identity, memory, failover and hardware', () => {
  const reading = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.3375.2.1.3.4.99',
      [`${SYSTEM}.3.5.2.0`]: 'BIG-IP i2600',
      [`${SYSTEM}.4.2.0`]: '15.1.2',
      [`${SYSTEM}.3.3.3.0`]: 'f5-x',
      [`${SYSTEM}.1.2.1.44.0`]: ['counter64', 200],
      [`${SYSTEM}.1.2.1.45.0`]: ['counter64', 50],
      [`${SYSTEM}.1.2.20.44.0`]: ['counter64', 100],
      [`${SYSTEM}.1.2.20.45.0`]: ['counter64', 80],
      [`${SYSTEM}.14.3.1.0`]: 2,
      [`${SYSTEM}.14.1.1.0`]: 5,
      [`${SYSTEM}.3.2.2.2.1.2.1`]: 0,
      [`${SYSTEM}.3.2.3.2.1.2.1`]: 31,
    },
    [profile],
  );
  expect(reading).toMatchObject({
    identity: { model: 'BIG-IP i2600', version: '15.1.2', serial: 'f5-x' },
    memory: [
      { name: 'TMM', usedPercent: 25 },
      { name: 'Other', usedPercent: 80 },
    ],
    sensors: [
      { name: 'Failover', status: 'critical' },
      { name: 'Synchronisation', status: 'critical' },
      { name: 'Power supply 1', status: 'critical' },
      { kind: 'temperature', value: 31 },
    ],
  });
});
