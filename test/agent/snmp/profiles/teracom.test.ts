import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/teracom.ts';
import { readSnapshot } from '../read-snapshot.ts';

test('thousandths; what is not connected is left out', () => {
  const { identity, sensors = [] } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.38783',
      '1.3.6.1.2.1.1.1.0': 'Teracom TCW241 v1.2',
      '1.3.6.1.4.1.38783.3.3.1.1.1.0': 17875,
      '1.3.6.1.4.1.38783.3.3.1.1.2.0': 27500,
      '1.3.6.1.4.1.38783.3.3.1.2.1.0': -2147483648,
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'environment', model: 'TCW241', version: '1.2' });
  expect(sensors.map(({ kind, value, status }) => [kind, value, status])).toEqual([
    ['temperature', 17.875, 'ok'],
    ['humidity', 27.5, 'ok'],
  ]);
});
