import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/supermicro-bmc.ts';
import { readSnapshot } from '../read-snapshot.ts';

const IPMI = '1.3.6.1.4.1.21317.1';
const sensor = (index: number, name: string, reading: string, low: string, high: string) => ({
  [`${IPMI}.3.1.2.${index}`]: reading,
  [`${IPMI}.3.1.6.${index}`]: low,
  [`${IPMI}.3.1.9.${index}`]: high,
  [`${IPMI}.3.1.13.${index}`]: name,
});

test('what a sensor measures shows in its name', () => {
  const { identity, sensors } = readSnapshot(
    {
      [`${IPMI}.5.1.0`]: 1,
      [`${IPMI}.5.2.0`]: 73,
      [`${IPMI}.5.7.0`]: 6,
      ...sensor(1, 'CPU1 Temp', '101.000', '5.000', '100.000'),
      ...sensor(2, 'CPU2 Temp', '0.000', '0.000', '0.000'),
      ...sensor(3, 'FAN1', '300.000', '500.000', '25300.000'),
      ...sensor(4, '12V', '12.190', '10.780', '13.280'),
      ...sensor(5, 'VBAT', '4.000', '0.000', '0.000'),
      ...sensor(6, 'Chassis Intru', '1.000', '0.000', '0.000'),
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'bmc', version: '1.73.6' });
  expect(sensors).toMatchObject([
    { kind: 'temperature', name: 'CPU1 Temp', value: 101, status: 'critical' },
    { kind: 'fanspeed', name: 'FAN1', status: 'critical' },
    { kind: 'voltage', name: '12V', value: 12.19, status: 'ok' },
    { kind: 'state', name: 'Chassis Intru', status: 'critical' },
    { kind: 'state', name: 'VBAT', status: 'ok' },
  ]);
});
