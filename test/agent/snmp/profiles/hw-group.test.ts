import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/hw-group.ts';
import { readSnapshot } from '../read-snapshot.ts';

test('by the unit of each sensor', () => {
  const { identity, sensors = [] } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.21796.4.1',
      '1.3.6.1.2.1.1.1.0': 'HWg-STE',
      '1.3.6.1.4.1.21796.4.1.3.1.2.1': 'Fridge',
      '1.3.6.1.4.1.21796.4.1.3.1.3.1': 5,
      '1.3.6.1.4.1.21796.4.1.3.1.5.1': 81,
      '1.3.6.1.4.1.21796.4.1.3.1.7.1': 1,
      '1.3.6.1.4.1.21796.4.1.3.1.2.2': 'Air',
      '1.3.6.1.4.1.21796.4.1.3.1.3.2': 1,
      '1.3.6.1.4.1.21796.4.1.3.1.5.2': 455,
      '1.3.6.1.4.1.21796.4.1.3.1.7.2': 4,
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'environment', model: 'HWg-STE' });
  expect(sensors.map(({ kind, value, status }) => [kind, value, status])).toEqual([
    ['temperature', 8.1, 'ok'],
    ['humidity', 45.5, 'ok'],
    ['state', 5, 'critical'],
    ['state', 1, 'ok'],
  ]);
});
