import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/apc-cooling.ts';
import { readSnapshot } from '../read-snapshot.ts';

test('InRow', () => {
  const { identity, sensors = [] } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.318.1.3.14',
      '1.3.6.1.4.1.318.1.1.13.3.3.1.2.2.1.0': 2,
      '1.3.6.1.4.1.318.1.1.13.3.3.1.2.2.7.0': 245,
      '1.3.6.1.4.1.318.1.1.13.3.3.1.2.2.21.0': 2,
      '1.3.6.1.4.1.318.1.1.13.3.3.1.2.2.33.0': -1,
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'environment' });
  expect(sensors.map(({ kind, value, status }) => [kind, value, status])).toEqual([
    ['state', 2, 'ok'],
    ['state', 2, 'critical'],
    ['temperature', 24.5, 'ok'],
  ]);
});
