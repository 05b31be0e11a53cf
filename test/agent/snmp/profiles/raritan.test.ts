import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/raritan.ts';
import { readSnapshot } from '../read-snapshot.ts';

test('sensors by the type at the end of their index', () => {
  const { identity, sensors = [] } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.13742.6',
      '1.3.6.1.4.1.13742.6.3.2.1.1.3.1': 'PX3-5190',
      '1.3.6.1.4.1.13742.6.3.2.1.1.4.1': 'R1',
      '1.3.6.1.4.1.13742.6.3.2.3.1.6.1.1.1': '3.5',
      '1.3.6.1.4.1.13742.6.3.3.3.1.2.1.1': 'I1',
      '1.3.6.1.4.1.13742.6.5.2.3.1.4.1.1.1': 4200,
      '1.3.6.1.4.1.13742.6.5.2.3.1.4.1.1.4': 231,
      '1.3.6.1.4.1.13742.6.5.2.3.1.3.1.1.4': 4,
      '1.3.6.1.4.1.13742.6.5.2.3.1.4.1.1.23': 500,
      '1.3.6.1.4.1.13742.6.5.2.3.1.3.1.1.23': -1,
      '1.3.6.1.4.1.13742.6.5.5.3.1.4.1.1': 224,
      '1.3.6.1.4.1.13742.6.3.6.3.1.2.1.1': 10,
      '1.3.6.1.4.1.13742.6.5.5.3.1.4.1.2': 1,
      '1.3.6.1.4.1.13742.6.3.6.3.1.2.1.2': 43,
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'pdu', model: 'PX3-5190', version: '3.5', serial: 'R1' });
  expect(sensors.map(({ kind, value, status }) => [kind, value, status])).toEqual([
    ['current', 4.2, 'ok'],
    ['voltage', 231, 'ok'],
    ['temperature', 22.4, 'ok'],
    ['state', 1, 'warning'],
  ]);
});
