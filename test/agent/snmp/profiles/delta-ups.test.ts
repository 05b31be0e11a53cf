import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/delta-ups.ts';
import { readSnapshot } from '../read-snapshot.ts';

test('where UPS-MIB is not answered', () => {
  const { identity, sensors = [] } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.2254.2.4',
      '1.3.6.1.4.1.2254.2.4.1.1.0': 'Delta',
      '1.3.6.1.4.1.2254.2.4.1.2.0': 'NT-20K',
      '1.3.6.1.4.1.2254.2.4.1.3.0': '3.1',
      '1.3.6.1.4.1.2254.2.4.7.1.0': 2,
      '1.3.6.1.4.1.2254.2.4.7.8.0': 88,
      '1.3.6.1.4.1.2254.2.4.4.2.0': 500,
      '1.3.6.1.4.1.2254.2.4.4.3.0': 2301,
      '1.3.6.1.4.1.2254.2.4.5.7.0': 44,
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'ups', model: 'Delta NT-20K', version: '3.1' });
  expect(sensors.map(({ kind, value, status }) => [kind, value, status])).toEqual([
    ['state', 2, 'critical'],
    ['charge', 88, 'ok'],
    ['frequency', 50, 'ok'],
    ['voltage', 230.1, 'ok'],
    ['load', 44, 'ok'],
  ]);
});
