import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/barracuda-firewall.ts';
import { readSnapshot } from '../read-snapshot.ts';

const PHION = '1.3.6.1.4.1.10704.1';

test('one table holds sensors of every type', () => {
  const row = (name: string, type: number, value: number, index: number) => ({
    [`${PHION}.4.1.1.${index}`]: name,
    [`${PHION}.4.1.2.${index}`]: type,
    [`${PHION}.4.1.3.${index}`]: value,
  });
  const { sensors } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.10704.1.10',
      ...row('VCORE', 0, 1056, 1),
      ...row('FAN1', 1, 4100, 2),
      ...row('CPU', 2, 41, 3),
      ...row('PSU1', 3, 2, 4),
      [`${PHION}.6.1.1.1`]: 'store-12',
      [`${PHION}.6.1.2.1`]: -1,
    },
    [profile],
  );
  expect(sensors).toMatchObject([
    { kind: 'state', name: 'PSU1', status: 'critical' },
    { kind: 'state', name: 'VPN store-12', status: 'critical' },
    { kind: 'voltage', name: 'VCORE', value: 1.056 },
    { kind: 'fanspeed', name: 'FAN1', value: 4100 },
    { kind: 'temperature', name: 'CPU', value: 41 },
  ]);
});
