import { defineProfile } from '../profile.ts';

// UI-AF60-MIB
const AF60 = '1.3.6.1.4.1.41112.1.11.1';
const RADIO = `${AF60}.1.1`;
const HOST = `${AF60}.2`;
const STATION = `${AF60}.3.1`;
const GPS = `${AF60}.4`;

export const profile = defineProfile({
  name: 'airfiber-60',
  title: 'Ubiquiti airFiber 60, GigaBeam, Wave',
  match: [{ sysObjectID: ['1.3.6.1.4.1.10002.1', '1.3.6.1.4.1.41112'], has: { oid: `${RADIO}.1` } }],
  rank: 20,
  identity: {
    kind: 'access-point',
    vendor: 'Ubiquiti',
    model: [`{${HOST}.2.1}`],
    version: [{ from: `${HOST}.4.1`, match: '(v\\d+\\.\\d+\\.\\d+[-RC]*)' }],
  },
  cpu: [{ name: 'Processor', used: `${HOST}.6` }],
  sensors: [
    { kind: 'state', name: 'Radio Role', value: `${RADIO}.1`, states: { 0: ['AP', 'ok'], 1: ['CPE', 'ok'] } },
    { kind: 'frequency', unit: 'MHz', name: 'Radio Frequency', value: `${RADIO}.2` },
    { kind: 'rssi', name: 'Local RSSI', value: `${STATION}.3` },
    { kind: 'snr', name: 'Local SNR', value: `${STATION}.4` },
    { kind: 'rate', name: 'Tx Capacity', value: { oid: `${STATION}.7`, scale: 1000 } },
    { kind: 'rate', name: 'Rx Capacity', value: { oid: `${STATION}.8`, scale: 1000 } },
    { kind: 'distance', name: 'Distance', value: { oid: `${STATION}.15`, scale: 0.001 } },
    { kind: 'rssi', name: 'Remote RSSI', value: `${STATION}.18` },
    { kind: 'snr', name: 'Remote SNR', value: `${STATION}.19` },
    {
      kind: 'state',
      name: 'GPS Status',
      value: `${GPS}.1`,
      states: { 0: ['Absent', 'warning'], 1: ['Off', 'warning'], 2: ['On', 'ok'] },
    },
    {
      kind: 'state',
      name: 'GPS fix',
      value: `${GPS}.2`,
      states: { 0: ['Unknown', 'warning'], 1: ['Nofix', 'warning'], 2: ['Fix2d', 'ok'], 3: ['Fix3d', 'ok'] },
    },
  ],
});
