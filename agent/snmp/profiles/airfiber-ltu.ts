import { defineProfile } from '../profile.ts';

// UBNT-AFLTU-MIB
const LTU = '1.3.6.1.4.1.41112.1.10.1';
const RADIO = `${LTU}.2`;
const HOST = `${LTU}.3`;
const STATION = `${LTU}.4.1`;
const GPS = `${LTU}.7`;

export const profile = defineProfile({
  name: 'airfiber-ltu',
  title: 'Ubiquiti LTU',
  match: [{ sysObjectID: ['1.3.6.1.4.1.10002.1', '1.3.6.1.4.1.41112.1.10'], has: { oid: `${RADIO}.1.0` } }],
  rank: 20,
  identity: {
    kind: 'access-point',
    vendor: 'Ubiquiti',
    model: [`{${HOST}.2.0}`],
    version: [`{${HOST}.4.0}`],
  },
  cpu: [{ name: 'Processor', used: `${HOST}.6.0` }],
  sensors: [
    { kind: 'state', name: 'Radio Role', value: `${RADIO}.1.0`, states: { 0: ['AP', 'ok'], 1: ['CPE', 'ok'] } },
    { kind: 'frequency', unit: 'MHz', name: 'Radio Frequency', value: `${RADIO}.2.0` },
    { kind: 'power', unit: 'dBm', name: 'TX EIRP', value: `${RADIO}.6.0` },
    { kind: 'rate', name: 'TX Rate', value: { oid: `${STATION}.3`, scale: 1000 } },
    { kind: 'rate', name: 'RX Rate', value: { oid: `${STATION}.4`, scale: 1000 } },
    { kind: 'power', unit: 'dBm', name: 'RX Power Chain 0', value: `${STATION}.5` },
    { kind: 'power', unit: 'dBm', name: 'RX Power Chain 1', value: `${STATION}.6` },
    { kind: 'power', unit: 'dBm', name: 'RX Ideal Power Chain 0', value: `${STATION}.7` },
    { kind: 'power', unit: 'dBm', name: 'RX Ideal Power Chain 1', value: `${STATION}.8` },
    { kind: 'quality', name: 'Signal Level Chain 0', value: `${STATION}.9` },
    { kind: 'quality', name: 'Signal Level Chain 1', value: `${STATION}.10` },
    { kind: 'distance', name: 'Distance', value: { oid: `${STATION}.23`, scale: 0.001 } },
    {
      kind: 'state',
      name: 'GPS Status',
      value: `${GPS}.1.0`,
      states: { 0: ['Absent', 'warning'], 1: ['Off', 'warning'], 2: ['On', 'ok'] },
    },
    {
      kind: 'state',
      name: 'GPS fix',
      value: `${GPS}.2.0`,
      states: { 0: ['Unknown', 'warning'], 1: ['Nofix', 'warning'], 2: ['Fix2d', 'ok'], 3: ['Fix3d', 'ok'] },
    },
  ],
});
