import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/akcp.ts';
import { readSnapshot } from '../read-snapshot.ts';

test('what is offline is left out', () => {
  const { identity, sensors = [] } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.3854.1',
      '1.3.6.1.2.1.1.1.0': 'SP2 400',
      '1.3.6.1.4.1.3854.1.1.2.0': 4,
      '1.3.6.1.4.1.3854.1.2.2.1.16.1.1.0': 'Rack',
      '1.3.6.1.4.1.3854.1.2.2.1.16.1.3.0': 24,
      '1.3.6.1.4.1.3854.1.2.2.1.16.1.5.0': 2,
      '1.3.6.1.4.1.3854.1.2.2.1.16.1.12.0': 1,
      '1.3.6.1.4.1.3854.1.2.2.1.16.1.3.1': 20,
      '1.3.6.1.4.1.3854.1.2.2.1.16.1.5.1': 1,
      '1.3.6.1.4.1.3854.1.2.2.1.17.1.3.0': 40,
      '1.3.6.1.4.1.3854.1.2.2.1.17.1.5.0': 2,
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'environment', model: 'SP2' });
  expect(sensors.map(({ kind, value, status }) => [kind, value, status])).toEqual([
    ['state', 4, 'critical'],
    ['temperature', 24, 'ok'],
    ['humidity', 40, 'ok'],
  ]);
});
