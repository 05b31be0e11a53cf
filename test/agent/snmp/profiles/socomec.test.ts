import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/socomec.ts';
import { readSnapshot } from '../read-snapshot.ts';

test('alarms, and what it does not measure', () => {
  const { identity, sensors = [] } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.4555.1.1.7',
      '1.3.6.1.4.1.4555.1.1.7.1.1.1.0': 'NETYS',
      '1.3.6.1.4.1.4555.1.1.7.1.1.2.0': 'Z9',
      '1.3.6.1.4.1.4555.1.1.7.1.1.5.0': 'Net Vision 7 v7.12a',
      '1.3.6.1.4.1.4555.1.1.7.1.2.1.0': 5,
      '1.3.6.1.4.1.4555.1.1.7.1.2.3.0': 65535,
      '1.3.6.1.4.1.4555.1.1.7.1.2.5.0': 541,
      '1.3.6.1.4.1.4555.1.1.7.1.4.1.0': 3,
      '1.3.6.1.4.1.4555.1.1.7.1.3.3.1.3.1': 655350,
      '1.3.6.1.4.1.4555.1.1.7.1.6.3.15.0': 1,
      '1.3.6.1.4.1.4555.1.1.7.1.6.3.21.0': 0,
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'ups', model: 'NETYS', version: '7.12', serial: 'Z9' });
  expect(sensors.map(({ kind, value, status }) => [kind, value, status])).toEqual([
    ['state', 5, 'critical'],
    ['state', 3, 'ok'],
    ['voltage', 54.1, 'ok'],
    ['state', 1, 'critical'],
    ['state', 0, 'ok'],
  ]);
});
