import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/papouch.ts';
import { readSnapshot } from '../read-snapshot.ts';

test('the three rows of a TH2E', () => {
  const { identity, sensors = [] } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.18248',
      '1.3.6.1.4.1.18248.20.1.2.1.1.2.1': 231,
      '1.3.6.1.4.1.18248.20.1.2.1.1.2.2': 405,
      '1.3.6.1.4.1.18248.20.1.2.1.1.2.3': 90,
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'environment' });
  expect(sensors.map(({ kind, value, status }) => [kind, value, status])).toEqual([
    ['temperature', 23.1, 'ok'],
    ['humidity', 40.5, 'ok'],
    ['temperature', 9, 'ok'],
  ]);
});
