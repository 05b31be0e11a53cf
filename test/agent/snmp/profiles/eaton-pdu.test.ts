import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/eaton-pdu.ts';
import { readSnapshot } from '../read-snapshot.ts';

test('an outlet above its limit; limits that are not set are none', () => {
  const { identity, sensors = [] } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.534.6.6.7',
      '1.3.6.1.4.1.534.6.6.7.1.2.1.2.0': 'ePDU MA',
      '1.3.6.1.4.1.534.6.6.7.1.2.1.3.0': 'EMAB22',
      '1.3.6.1.4.1.534.6.6.7.1.2.1.4.0': 'S1',
      '1.3.6.1.4.1.534.6.6.7.1.2.1.5.0': '4.0',
      '1.3.6.1.4.1.534.6.6.7.3.2.1.3.0.1.1': 230500,
      '1.3.6.1.4.1.534.6.6.7.6.1.1.3.0.1': 'Till 1',
      '1.3.6.1.4.1.534.6.6.7.6.4.1.3.0.1': 9500,
      '1.3.6.1.4.1.534.6.6.7.6.4.1.7.0.1': 9000,
      '1.3.6.1.4.1.534.6.6.7.6.4.1.8.0.1': -1,
      '1.3.6.1.4.1.534.6.6.7.6.4.1.5.0.1': -1,
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'pdu', model: 'EMAB22 ePDU MA', serial: 'S1', version: '4.0' });
  expect(sensors.map(({ kind, value, status }) => [kind, value, status])).toEqual([
    ['voltage', 230.5, 'ok'],
    ['current', 9.5, 'warning'],
  ]);
});
