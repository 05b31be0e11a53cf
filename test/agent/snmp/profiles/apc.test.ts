import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/apc.ts';
import { readSnapshot } from '../read-snapshot.ts';

test('high precision counts before the other; a probe with nothing plugged is none', () => {
  const { identity, sensors = [] } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.318.1.3.27',
      '1.3.6.1.4.1.318.1.1.1.1.1.1.0': 'Smart-UPS 1500',
      '1.3.6.1.4.1.318.1.1.1.1.2.1.0': 'UPS 04.1',
      '1.3.6.1.4.1.318.1.1.1.1.2.3.0': 'AS0000000001',
      '1.3.6.1.4.1.318.1.4.2.4.1.4.1': 'v7.1',
      '1.3.6.1.4.1.318.1.4.2.4.1.4.2': 'v7.2',
      '1.3.6.1.4.1.318.1.1.1.2.2.3.0': ['timeticks', 180000],
      '1.3.6.1.4.1.318.1.1.1.2.2.1.0': 99,
      '1.3.6.1.4.1.318.1.1.1.2.3.1.0': 995,
      '1.3.6.1.4.1.318.1.1.1.2.2.4.0': 2,
      '1.3.6.1.4.1.318.1.1.1.4.1.1.0': 3,
      '1.3.6.1.4.1.318.1.1.25.1.2.1.3.1.1': 'Rack',
      '1.3.6.1.4.1.318.1.1.25.1.2.1.6.1.1': 21,
      '1.3.6.1.4.1.318.1.1.25.1.2.1.6.2.1': -1,
    },
    [profile],
  );
  expect(identity).toMatchObject({
    kind: 'ups',
    vendor: 'APC',
    model: 'Smart-UPS 1500 UPS 04.1',
    version: 'AOS v7.1 / App v7.2',
    serial: 'AS0000000001',
  });
  expect(sensors.map(({ kind, value, status }) => [kind, value, status])).toEqual([
    ['state', 3, 'warning'],
    ['state', 2, 'critical'],
    ['runtime', 30, 'ok'],
    ['charge', 99.5, 'ok'],
    ['temperature', 21, 'ok'],
  ]);
});
