import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/kentix.ts';
import { readSnapshot } from '../read-snapshot.ts';

test('sensors that have a name', () => {
  const { identity, sensors = [] } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.332.11.6',
      '1.3.6.1.4.1.37954.1.2.7.1.0': 'Cold room',
      '1.3.6.1.4.1.37954.1.2.7.2.0': 41,
      '1.3.6.1.4.1.37954.1.2.7.3.0': 474,
      '1.3.6.1.4.1.37954.1.2.7.7.0': 1,
      '1.3.6.1.4.1.37954.1.2.8.2.0': 0,
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'environment' });
  expect(sensors.map(({ kind, value, status }) => [kind, value, status])).toEqual([
    ['temperature', 4.1, 'ok'],
    ['humidity', 47.4, 'ok'],
    ['state', 1, 'critical'],
  ]);
});
