import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/rittal.ts';
import { readSnapshot } from '../read-snapshot.ts';

test('by the name and the unit of each variable; a set point is no measure', () => {
  const { identity, sensors = [] } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.2606.7',
      '1.3.6.1.2.1.1.1.0': 'Rittal CMC III PU SN 401 HW V3.00 - SW V3.11',
      '1.3.6.1.4.1.2606.7.2.1.0': 1,
      '1.3.6.1.4.1.2606.7.4.1.2.1.2.1': 'CMCIII-PU',
      '1.3.6.1.4.1.2606.7.4.1.2.1.3.1': 'Store',
      '1.3.6.1.4.1.2606.7.4.2.2.1.3.1.1': 'Temperature.Value',
      '1.3.6.1.4.1.2606.7.4.2.2.1.5.1.1': '°C',
      '1.3.6.1.4.1.2606.7.4.2.2.1.10.1.1': '22.5 °C',
      '1.3.6.1.4.1.2606.7.4.2.2.1.3.1.2': 'Temperature.SetPtHighAlarm',
      '1.3.6.1.4.1.2606.7.4.2.2.1.5.1.2': '°C',
      '1.3.6.1.4.1.2606.7.4.2.2.1.10.1.2': '40.0 °C',
      '1.3.6.1.4.1.2606.7.4.2.2.1.3.1.3': 'Temperature.Status',
      '1.3.6.1.4.1.2606.7.4.2.2.1.10.1.3': 'High Alarm',
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'environment', model: 'CMCIII-PU', version: '3.11', serial: '401' });
  expect(sensors.map(({ kind, value, status }) => [kind, value, status])).toEqual([
    ['state', 1, 'ok'],
    ['temperature', 22.5, 'ok'],
    ['state', 10, 'critical'],
  ]);
});
