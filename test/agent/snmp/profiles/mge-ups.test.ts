import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/mge-ups.ts';
import { readSnapshot } from '../read-snapshot.ts';

test('what UPS-MIB tells as well is left to it', () => {
  const { identity, sensors = [] } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.705.1',
      '1.3.6.1.4.1.705.1.1.1.0': 'Pulsar',
      '1.3.6.1.4.1.705.1.1.2.0': '1500',
      '1.3.6.1.4.1.705.1.1.4.0': '07',
      '1.3.6.1.4.1.705.1.1.7.0': 'AB1',
      '1.3.6.1.4.1.705.1.5.1.0': 600,
      '1.3.6.1.4.1.705.1.5.2.0': 80,
      '1.3.6.1.4.1.705.1.5.14.0': 1,
      '1.3.6.1.4.1.705.1.7.9.0': 1,
      '1.3.6.1.4.1.705.1.7.2.1.2.1': 2300,
      '1.3.6.1.4.1.705.1.7.2.1.5.1': 31,
      '1.3.6.1.2.1.33.1.4.4.1.2.1': 230,
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'ups', model: 'Pulsar 1500', version: '07', serial: 'AB1' });
  expect(sensors.map(({ kind, value, status }) => [kind, value, status])).toEqual([
    ['delay', 600, 'ok'],
    ['charge', 80, 'ok'],
    ['state', 1, 'critical'],
    ['state', 1, 'ok'],
    ['current', 3.1, 'ok'],
  ]);
});
