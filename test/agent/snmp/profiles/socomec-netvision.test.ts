import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/socomec-netvision.ts';
import { readSnapshot } from '../read-snapshot.ts';

test('the older cards', () => {
  const { identity, sensors = [] } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.4555.1.1.1',
      '1.3.6.1.4.1.4555.1.1.1.1.1.1.0': 'MASTERYS',
      '1.3.6.1.4.1.4555.1.1.1.1.1.2.0': '5',
      '1.3.6.1.4.1.4555.1.1.1.1.1.4.0': 'Q1',
      '1.3.6.1.4.1.4555.1.1.1.1.2.1.0': 2,
      '1.3.6.1.4.1.4555.1.1.1.1.4.4.1.2.1': 2310,
      '1.3.6.1.4.1.4555.1.1.1.1.4.4.1.2.2': 2320,
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'ups', model: 'MASTERYS', serial: 'Q1' });
  expect(sensors.map(({ kind, value, status }) => [kind, value, status])).toEqual([
    ['state', 2, 'ok'],
    ['voltage', 231, 'ok'],
    ['voltage', 232, 'ok'],
  ]);
});
