import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/meraki.ts';
import { readSnapshot } from '../read-snapshot.ts';

const DEVICE = '1.3.6.1.4.1.29671.1.1.4.1';

test.each([
  ['Meraki MS220-8P Cloud Managed PoE Switch', 'switch'],
  ['Meraki MX64 Cloud Managed Router', 'firewall'],
  ['Meraki MR33 Cloud Managed AP', 'access-point'],
])('%s is a %s', (model, kind) => {
  const { identity } = readSnapshot({ '1.3.6.1.2.1.1.1.0': model, '1.3.6.1.2.1.47.1.1.1.1.11.1': 'Q2XX' }, [profile]);
  expect(identity).toMatchObject({ kind, model, serial: 'Q2XX' });
});

test('the cloud tells of each device whether it is there, and how many clients it has', () => {
  const { sensors } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.29671.1',
      [`${DEVICE}.2.0.1.2.3.4.5`]: 'Till AP',
      [`${DEVICE}.3.0.1.2.3.4.5`]: 0,
      [`${DEVICE}.5.0.1.2.3.4.5`]: 3,
    },
    [profile],
  );
  expect(sensors).toMatchObject([
    { kind: 'state', name: 'Till AP', label: 'offline', status: 'critical' },
    { kind: 'clients', name: 'Till AP', value: 3 },
  ]);
});
