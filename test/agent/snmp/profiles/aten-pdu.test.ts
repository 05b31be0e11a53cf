import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/aten-pdu.ts';
import { readSnapshot } from '../read-snapshot.ts';

test('what it does not measure is left out', () => {
  const { identity, sensors = [] } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.21317.1.3',
      '1.3.6.1.4.1.21317.1.3.2.2.2.2.99.1.2.1': 1500,
      '1.3.6.1.4.1.21317.1.3.2.2.2.2.99.1.3.1': 230100,
      '1.3.6.1.4.1.21317.1.3.2.2.2.2.99.1.4.1': -2000000,
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'pdu' });
  expect(sensors.map(({ kind, value, status }) => [kind, value, status])).toEqual([
    ['current', 1.5, 'ok'],
    ['voltage', 230.1, 'ok'],
  ]);
});
