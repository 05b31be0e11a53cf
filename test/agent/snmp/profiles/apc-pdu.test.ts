import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/apc-pdu.ts';
import { readSnapshot } from '../read-snapshot.ts';

test('phases before banks; the newer table says the same current only where there is no older', () => {
  const { identity, sensors = [] } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.318.1.3.4.6',
      '1.3.6.1.4.1.318.1.1.12.2.3.1.1.2.1': 152,
      '1.3.6.1.4.1.318.1.1.12.2.3.1.1.4.1': 1,
      '1.3.6.1.4.1.318.1.1.12.2.3.1.1.5.1': 0,
      '1.3.6.1.4.1.318.1.1.12.2.3.1.1.2.2': 60,
      '1.3.6.1.4.1.318.1.1.12.2.3.1.1.4.2': 0,
      '1.3.6.1.4.1.318.1.1.12.2.3.1.1.5.2': 1,
      '1.3.6.1.4.1.318.1.1.12.2.2.1.1.3.1': 12,
      '1.3.6.1.4.1.318.1.1.12.2.2.1.1.4.1': 16,
      '1.3.6.1.4.1.318.1.1.26.6.3.1.5.1': 152,
      '1.3.6.1.4.1.318.1.1.26.6.3.1.4.1': 3,
      '1.3.6.1.4.1.318.1.1.26.4.3.1.5.1': 114,
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'pdu' });
  expect(sensors.map(({ kind, value, status }) => [kind, value, status])).toEqual([
    ['current', 15.2, 'warning'],
    ['current', 6, 'ok'],
    ['power', 1140, 'ok'],
    ['state', 3, 'warning'],
  ]);
});
