import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/netbotz.ts';
import { readSnapshot } from '../read-snapshot.ts';

test('probes and contacts', () => {
  const { identity, sensors = [] } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.52674.500',
      '1.3.6.1.4.1.52674.500.100.0': 2,
      '1.3.6.1.4.1.52674.500.4.1.1.1.2.7': 213,
      '1.3.6.1.4.1.52674.500.4.1.1.1.4.7': 'Cold aisle',
      '1.3.6.1.4.1.52674.500.4.1.1.1.3.7': 0,
      '1.3.6.1.4.1.52674.500.4.2.12.1.2.9': 1,
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'environment' });
  expect(sensors.map(({ kind, value, status }) => [kind, value, status])).toEqual([
    ['state', 2, 'warning'],
    ['temperature', 21.3, 'ok'],
    ['state', 0, 'ok'],
    ['state', 1, 'critical'],
  ]);
});
