import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/liebert.ts';
import { readSnapshot } from '../read-snapshot.ts';

test('a UPS and a rack PDU', () => {
  const { identity, sensors = [] } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.476.1.42',
      '1.3.6.1.4.1.476.1.42.2.4.2.1.4.1': 'GXT4-1500',
      '1.3.6.1.4.1.476.1.42.2.4.2.1.5.1': 'U028',
      '1.3.6.1.4.1.476.1.42.2.4.2.1.7.1': 'L1',
      '1.3.6.1.4.1.476.1.42.2.1.3.0': '4.8',
      '1.3.6.1.2.1.33.1.2.1.0': 2,
      '1.3.6.1.4.1.476.1.42.3.5.2.2.1.8.1': 2,
      '1.3.6.1.4.1.476.1.42.3.8.20.1.25.1': 16,
      '1.3.6.1.4.1.476.1.42.3.8.50.20.1.60.1.1.2': 15,
      '1.3.6.1.4.1.476.1.42.3.8.50.20.1.10.1.1.2': 'Till',
      '1.3.6.1.4.1.476.1.42.3.4.3.9.0': ['gauge', 4294967295],
    },
    [profile],
  );
  expect(identity).toMatchObject({
    kind: 'ups',
    vendor: 'Vertiv',
    model: 'GXT4-1500 (U028)',
    version: '4.8',
    serial: 'L1',
  });
  expect(sensors.map(({ kind, value, status }) => [kind, value, status])).toEqual([
    ['power', 2000, 'ok'],
    ['state', 16, 'critical'],
    ['current', 1.5, 'ok'],
  ]);
});
