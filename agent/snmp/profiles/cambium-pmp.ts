import { defineProfile } from '../profile.ts';

// WHISP-BOX-MIBV2-MIB, WHISP-APS-MIB, WHISP-SM-MIB
const WHISP = '1.3.6.1.4.1.161.19.3';
const ACCESS_POINT = `${WHISP}.1`;
const LINK = `${ACCESS_POINT}.4.1`;
const UTILIZATION = `${ACCESS_POINT}.12`;
const SUBSCRIBER = `${WHISP}.2.2`;
const BOX = `${WHISP}.3.1`;

export const profile = defineProfile({
  name: 'cambium-pmp',
  title: 'Cambium PMP, PTP',
  match: [{ sysObjectID: '1.3.6.1.4.1.161.19.250.256' }, { sysObjectID: '1.3.6.1.4.1.17713.5' }],
  identity: {
    kind: 'access-point',
    vendor: 'Cambium Networks',
    version: [{ from: 'sysDescr', match: '(\\d+\\.\\d\\S+)' }],
  },
  sensors: [
    {
      kind: 'state',
      name: 'GPS Status',
      value: `${ACCESS_POINT}.3.1.0`,
      states: {
        1: ['gpsSynchronized', 'ok'],
        2: ['gpsLostSync', 'critical'],
        3: ['generatingSync', 'ok'],
      },
    },
    { kind: 'temperature', name: 'Temperature', value: `${BOX}.35.0` },
    // in kHz, or on older systems in tenths of MHz
    {
      kind: 'frequency',
      unit: 'MHz',
      name: 'Frequency',
      value: { oid: `${ACCESS_POINT}.7.37.0`, scale: 0.001 },
      skip: [{ below: 500_000 }],
    },
    {
      kind: 'frequency',
      unit: 'MHz',
      name: 'Frequency',
      value: { oid: `${ACCESS_POINT}.7.37.0`, scale: 0.1, skip: [0] },
      skip: [{ above: 499_999 }],
    },
    { kind: 'rssi', name: 'RSSI', value: `${SUBSCRIBER}.2.0` },
    { kind: 'snr', name: 'SNR Horizontal', value: `${SUBSCRIBER}.106.0` },
    { kind: 'snr', name: 'SNR Vertical', value: `${SUBSCRIBER}.95.0` },
    { kind: 'snr', name: 'SNR Horizontal, link {index}', value: `${LINK}.84` },
    { kind: 'snr', name: 'SNR Vertical, link {index}', value: `${LINK}.74` },
    { kind: 'utilization', name: '1m Downlink Utilization', value: `${UTILIZATION}.1.1.0` },
    { kind: 'utilization', name: '1m Uplink Utilization', value: `${UTILIZATION}.1.2.0` },
    { kind: 'utilization', name: '5m Downlink Utilization', value: `${UTILIZATION}.2.1.0` },
    { kind: 'utilization', name: '5m Uplink Utilization', value: `${UTILIZATION}.2.2.0` },
    { kind: 'utilization', name: '15m Downlink Utilization', value: `${UTILIZATION}.3.1.0` },
    { kind: 'utilization', name: '15m Uplink Utilization', value: `${UTILIZATION}.3.2.0` },
    { kind: 'clients', name: 'Client Count', value: `${ACCESS_POINT}.7.1.0` },
  ],
});
