import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/tripp-lite.ts';
import { readSnapshot } from '../read-snapshot.ts';

test('its batteries and outlets', () => {
  const { identity, sensors = [] } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.850.1',
      '1.3.6.1.2.1.33.1.1.2.0': 'SMART1500',
      '1.3.6.1.2.1.33.1.1.4.0': '15.5',
      '1.3.6.1.4.1.850.100.1.1.2.0': 'T1',
      '1.3.6.1.4.1.850.1.1.3.1.3.1.1.1.1.1': 4,
      '1.3.6.1.4.1.850.1.1.3.1.3.1.2.1.4.1.1': 0,
      '1.3.6.1.4.1.850.1.1.3.2.3.3.1.1.2.1.1': 'Till',
      '1.3.6.1.4.1.850.1.1.3.2.3.3.1.1.8.1.1': 125,
    },
    [profile],
  );
  expect(identity).toMatchObject({
    kind: 'ups',
    vendor: 'Tripp Lite',
    model: 'SMART1500',
    version: '15.5',
    serial: 'T1',
  });
  expect(sensors.map(({ kind, value, status }) => [kind, value, status])).toEqual([
    ['state', 4, 'critical'],
    ['state', 0, 'ok'],
    ['current', 1.25, 'ok'],
  ]);
});

test('a transfer switch goes by the device table', () => {
  const { identity } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.850.1.1.1',
      '1.3.6.1.4.1.850.1.1.1.2.1.5.1': 'PDUMH15AT',
      '1.3.6.1.4.1.850.1.1.2.1.1.5.1': 'T2',
      '1.3.6.1.4.1.850.1.1.3.4.3.1.1.1.1.1': 120,
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'pdu', model: 'PDUMH15AT', serial: 'T2' });
});
