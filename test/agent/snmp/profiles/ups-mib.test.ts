import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/ups-mib.ts';
import { readSnapshot } from '../read-snapshot.ts';

test('a UPS on battery; what its card does not know is left out', () => {
  const { identity, sensors = [] } = readSnapshot(
    {
      '1.3.6.1.2.1.33.1.1.1.0': 'ACME',
      '1.3.6.1.2.1.33.1.1.2.0': 'Keeper 9',
      '1.3.6.1.2.1.33.1.1.3.0': '2.1',
      '1.3.6.1.2.1.33.1.2.1.0': 3,
      '1.3.6.1.2.1.33.1.2.2.0': 90,
      '1.3.6.1.2.1.33.1.2.3.0': 65535,
      '1.3.6.1.2.1.33.1.2.4.0': 34,
      '1.3.6.1.2.1.33.1.2.5.0': 545,
      '1.3.6.1.2.1.33.1.3.3.1.2.1': 501,
      '1.3.6.1.2.1.33.1.4.1.0': 5,
      '1.3.6.1.2.1.33.1.4.4.1.3.1': 21,
      '1.3.6.1.2.1.33.1.6.1.0': 2,
      '1.3.6.1.2.1.33.1.7.3.0': 6,
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'ups', model: 'ACME Keeper 9', version: '2.1' });
  expect(sensors.map(({ kind, value, status }) => [kind, value, status])).toEqual([
    ['state', 3, 'critical'],
    ['state', 5, 'critical'],
    ['state', 6, 'unknown'],
    ['runtime', 1.5, 'ok'],
    ['charge', 34, 'ok'],
    ['voltage', 54.5, 'ok'],
    ['frequency', 50.1, 'ok'],
    ['current', 2.1, 'ok'],
    ['count', 2, 'warning'],
  ]);
});
