import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/avtech.ts';
import { readSnapshot } from '../read-snapshot.ts';

test('Room Alert 3E', () => {
  const { identity, sensors = [] } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.20916.1.9',
      '1.3.6.1.2.1.1.1.0': 'RoomAlert3E v2.2.0',
      '1.3.6.1.4.1.20916.1.9.1.1.1.1.0': 2350,
      '1.3.6.1.4.1.20916.1.9.1.1.1.3.0': 'Server room',
      '1.3.6.1.4.1.20916.1.9.1.1.2.1.0': 0,
      '1.3.6.1.4.1.20916.1.9.1.2.1.0': 1,
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'environment', model: 'RoomAlert3E', version: '2.2.0' });
  expect(sensors.map(({ kind, value, status }) => [kind, value, status])).toEqual([
    ['temperature', 23.5, 'ok'],
    ['state', 1, 'ok'],
  ]);
});
