import { defineProfile } from '../profile.ts';

// CAMBIUM-PMP80211-MIB
const EPMP = '1.3.6.1.4.1.17713.21';
const GENERAL = `${EPMP}.1.1`;
const LINK = `${EPMP}.1.2`;
const SYSTEM = `${EPMP}.2.1`;

export const profile = defineProfile({
  name: 'cambium-epmp',
  title: 'Cambium ePMP',
  match: [{ sysObjectID: EPMP }, { sysObjectID: '1.3.6.1.4.1.17713', has: { oid: `${GENERAL}.1.0` } }],
  identity: {
    kind: 'access-point',
    vendor: 'Cambium Networks',
    version: [`{${GENERAL}.1.0}`],
    serial: [`{${GENERAL}.31.0}`],
  },
  cpu: [{ name: 'Processor', used: { oid: `${SYSTEM}.64.0`, scale: 0.1 } }],
  sensors: [
    {
      kind: 'state',
      name: 'DFS Status',
      value: `${GENERAL}.6.0`,
      states: {
        1: ['not applicable', 'ok'],
        2: ['channel availability check', 'ok'],
        3: ['in service', 'ok'],
        4: ['radar signal detected', 'warning'],
        5: ['in service on alternative channel', 'ok'],
        6: ['out of service', 'critical'],
      },
    },
    {
      kind: 'state',
      name: 'GPS Status',
      value: `${GENERAL}.7.0`,
      states: {
        1: ['GPS sync up', 'ok'],
        2: ['GPS sync down', 'critical'],
        3: ['CMM4 sync', 'ok'],
        4: ['CMM3 sync', 'ok'],
      },
    },
    { kind: 'frequency', unit: 'MHz', name: 'Frequency', value: `${LINK}.1.0` },
    { kind: 'rssi', name: 'RSSI', value: `${LINK}.3.0` },
    { kind: 'clients', name: 'Client Count', value: `${LINK}.10.0` },
    { kind: 'snr', name: 'SNR', value: `${LINK}.18.0` },
    { kind: 'count', name: 'Radar detections', value: `${SYSTEM}.36.0` },
  ],
});
