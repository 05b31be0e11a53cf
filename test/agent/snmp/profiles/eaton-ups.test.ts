import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/eaton-ups.ts';
import { readSnapshot } from '../read-snapshot.ts';

test('Powerware', () => {
  const { identity, sensors = [] } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.534.1',
      '1.3.6.1.4.1.534.1.1.2.0': '9130',
      '1.3.6.1.4.1.534.1.1.3.0': '1.5',
      '1.3.6.1.4.1.534.1.1.6.0': 'GA1',
      '1.3.6.1.4.1.534.1.2.1.0': 900,
      '1.3.6.1.4.1.534.1.2.5.0': 2,
      '1.3.6.1.4.1.534.1.3.1.0': 499,
      '1.3.6.1.4.1.534.1.6.1.0': 41,
      '1.3.6.1.4.1.534.1.6.3.0': 40,
      '1.3.6.1.4.1.534.1.6.8.1.2.1': 4,
      '1.3.6.1.4.1.534.1.6.8.1.3.1': 3,
      '1.3.6.1.4.1.534.1.6.8.1.2.2': 1,
      '1.3.6.1.4.1.534.1.6.8.1.3.2': 4,
      '1.3.6.1.4.1.534.1.6.8.1.4.2': 'Door',
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'ups', vendor: 'Eaton', model: '9130', version: '1.5', serial: 'GA1' });
  expect(sensors.map(({ kind, value, status }) => [kind, value, status])).toEqual([
    ['runtime', 15, 'ok'],
    ['state', 2, 'critical'],
    ['frequency', 49.9, 'ok'],
    ['temperature', 41, 'warning'],
    ['state', 4, 'warning'],
  ]);
});
