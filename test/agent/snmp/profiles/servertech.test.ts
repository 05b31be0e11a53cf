import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/servertech.ts';
import { readSnapshot } from '../read-snapshot.ts';

test('Sentry4', () => {
  const { identity, sensors = [] } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.1718.4',
      '1.3.6.1.4.1.1718.4.1.1.1.3.0': 'Version 8.0',
      '1.3.6.1.4.1.1718.4.1.2.2.1.4.1': 'ST1',
      '1.3.6.1.4.1.1718.4.1.2.2.1.5.1': 'C2WG24',
      '1.3.6.1.4.1.1718.4.1.4.3.1.2.1.1.1': 16,
      '1.3.6.1.4.1.1718.4.1.4.3.1.3.1.1.1': 1520,
      '1.3.6.1.4.1.1718.4.1.5.3.1.3.1.1.1': 2299,
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'pdu', model: 'C2WG24', version: 'Version 8.0', serial: 'ST1' });
  expect(sensors.map(({ kind, value, status }) => [kind, value, status])).toEqual([
    ['state', 16, 'warning'],
    ['current', 15.2, 'ok'],
    ['voltage', 229.9, 'ok'],
  ]);
});
