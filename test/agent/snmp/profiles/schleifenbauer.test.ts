import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/schleifenbauer.ts';
import { readSnapshot } from '../read-snapshot.ts';

test('hundredths', () => {
  const { identity, sensors = [] } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.31034',
      '1.3.6.1.4.1.31034.12.1.1.2.6.1.1.5.1.1': 412,
      '1.3.6.1.4.1.31034.12.1.1.2.6.1.1.7.1.1': 23010,
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'pdu' });
  expect(sensors.map(({ kind, value, status }) => [kind, value, status])).toEqual([
    ['current', 4.12, 'ok'],
    ['voltage', 230.1, 'ok'],
  ]);
});
