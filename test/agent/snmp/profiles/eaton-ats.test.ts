import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/eaton-ats.ts';
import { readSnapshot } from '../read-snapshot.ts';

test('on its first source', () => {
  const { identity, sensors = [] } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.534.10',
      '1.3.6.1.4.1.534.10.2.1.2.0': 'ATS16',
      '1.3.6.1.4.1.534.10.2.1.3.0': '1.0',
      '1.3.6.1.4.1.534.10.2.1.5.0': 'X1',
      '1.3.6.1.4.1.534.10.2.2.2.1.2.1': 2301,
      '1.3.6.1.4.1.534.10.2.2.2.1.3.1': 500,
      '1.3.6.1.4.1.534.10.2.2.4.0': 4,
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'pdu', model: 'ATS16', serial: 'X1' });
  expect(sensors.map(({ kind, value, status }) => [kind, value, status])).toEqual([
    ['voltage', 230.1, 'ok'],
    ['frequency', 50, 'ok'],
    ['state', 4, 'ok'],
  ]);
});
