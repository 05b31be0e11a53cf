import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/cisco-cellular.ts';
import { readSnapshot } from '../read-snapshot.ts';

const CISCO = '1.3.6.1.4.1.9';
const WAN = `${CISCO}.9.661.1`;
const LTE = `${CISCO}.9.817.1.1.1.1.1`;

test('a modem tells its state, SIM and signal; quality and noise in tenths', () => {
  const { sensors } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': `oid:${CISCO}.1.9999`,
      '1.3.6.1.2.1.47.1.1.1.1.7.40': 'Cellular0/1/0',
      [`${WAN}.3.1.1.6.40`]: 4,
      [`${WAN}.3.5.1.1.2.40`]: 4,
      [`${WAN}.3.2.1.5.40`]: 10,
      [`${WAN}.1.1.12.40`]: 41,
      [`${WAN}.3.4.1.1.1.40`]: -66,
      [`${LTE}.1.40`]: -89,
      [`${LTE}.2.40`]: -70,
      [`${LTE}.3.40`]: 138,
    },
    [profile],
  );
  expect(sensors).toMatchObject([
    { name: 'Cellular0/1/0 status', label: 'low power', status: 'warning' },
    { name: 'Cellular0/1/0 SIM', label: 'removed', status: 'warning' },
    { name: 'Cellular0/1/0 packet service', label: 'LTE', status: 'ok' },
    { kind: 'temperature', name: 'Cellular0/1/0', value: 41 },
    { kind: 'rssi', value: -66 },
    { kind: 'rsrp', value: -89 },
    { kind: 'rsrq', value: -7 },
    { kind: 'snr', value: 13.8 },
  ]);
});
