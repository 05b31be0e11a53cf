import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/cyberpower.ts';
import { readSnapshot } from '../read-snapshot.ts';

test('on battery; a contact that keeps its first name is not connected', () => {
  const { identity, sensors = [] } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.3808.1.1.1',
      '1.3.6.1.4.1.3808.1.1.1.1.1.1.0': 'PR1500',
      '1.3.6.1.4.1.3808.1.1.1.1.2.1.0': '2.0',
      '1.3.6.1.4.1.3808.1.1.1.1.2.3.0': 'CP1',
      '1.3.6.1.4.1.3808.1.1.1.2.1.1.0': 2,
      '1.3.6.1.4.1.3808.1.1.1.4.1.1.0': 3,
      '1.3.6.1.4.1.3808.1.1.1.2.2.4.0': ['timeticks', 90000],
      '1.3.6.1.4.1.3808.1.1.1.3.2.1.0': 2304,
      '1.3.6.1.4.1.3808.1.1.4.2.1.0': 770,
      '1.3.6.1.4.1.3808.1.1.4.4.2.1.2.1': 'Contact#1',
      '1.3.6.1.4.1.3808.1.1.4.4.2.1.3.1': 2,
      '1.3.6.1.4.1.3808.1.1.4.4.2.1.2.2': 'Door',
      '1.3.6.1.4.1.3808.1.1.4.4.2.1.3.2': 2,
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'ups', vendor: 'CyberPower', model: 'PR1500', version: '2.0', serial: 'CP1' });
  expect(sensors.map(({ kind, value, status }) => [kind, value, status])).toEqual([
    ['state', 2, 'ok'],
    ['state', 3, 'critical'],
    ['runtime', 15, 'ok'],
    ['voltage', 230.4, 'ok'],
    ['temperature', 25, 'ok'],
    ['state', 2, 'critical'],
  ]);
});
