import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/gude.ts';
import { readSnapshot } from '../read-snapshot.ts';

test('ports, meter and probe', () => {
  const { identity, sensors = [] } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.28507.38',
      '1.3.6.1.4.1.28507.38.1.3.1.2.1.2.1': 'Till',
      '1.3.6.1.4.1.28507.38.1.3.1.2.1.3.1': 1,
      '1.3.6.1.4.1.28507.38.1.5.1.2.1.5.1': 1200,
      '1.3.6.1.4.1.28507.38.1.5.1.2.1.7.1': 4995,
      '1.3.6.1.4.1.28507.38.1.6.1.1.2.1': -9999,
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'pdu' });
  expect(sensors.map(({ kind, value, status }) => [kind, value, status])).toEqual([
    ['state', 1, 'ok'],
    ['current', 1.2, 'ok'],
    ['frequency', 49.95, 'ok'],
  ]);
});
