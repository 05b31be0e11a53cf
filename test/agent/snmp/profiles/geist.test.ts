import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/geist.ts';
import { readSnapshot } from '../read-snapshot.ts';

test('Watchdog', () => {
  const { identity, sensors = [] } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.21239.5.1',
      '1.3.6.1.4.1.21239.5.1.1.1.0': 'Watchdog 100',
      '1.3.6.1.4.1.21239.5.1.1.2.0': '3.0',
      '1.3.6.1.4.1.21239.5.1.2.1.2.1': 'G1',
      '1.3.6.1.4.1.21239.5.1.2.1.3.1': 'Room',
      '1.3.6.1.4.1.21239.5.1.2.1.5.1': 231,
      '1.3.6.1.4.1.21239.5.1.2.1.6.1': 41,
      '1.3.6.1.4.1.21239.5.1.4.1.4.1': 0,
      '1.3.6.1.4.1.21239.5.1.4.1.5.1': 100,
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'environment', model: 'Watchdog 100', version: '3.0', serial: 'G1' });
  expect(sensors.map(({ kind, value, status }) => [kind, value, status])).toEqual([
    ['temperature', 23.1, 'ok'],
    ['humidity', 41, 'ok'],
  ]);
});
