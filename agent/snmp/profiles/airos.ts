import { defineProfile } from '../profile.ts';

// UBNT-AirMAX-MIB
const AIRMAX = '1.3.6.1.4.1.41112.1.4';
const RADIO = `${AIRMAX}.1.1`;
const CHAIN = `${AIRMAX}.2.1`;
const LINK = `${AIRMAX}.5.1`;
const AIRMAX_LINK = `${AIRMAX}.6.1`;
const HOST = `${AIRMAX}.8`;
const GPS = `${AIRMAX}.9`;
const FROGFOOT = '1.3.6.1.4.1.10002.1.1.1';
const DOT11_PRODUCT = '1.2.840.10036.3.1.2.1';

export const profile = defineProfile({
  name: 'airos',
  title: 'Ubiquiti airMAX',
  match: [{ sysObjectID: ['1.3.6.1.4.1.10002.1', AIRMAX], sysDescr: 'Linux', has: { oid: `${RADIO}.4` } }],
  identity: {
    kind: 'access-point',
    vendor: 'Ubiquiti',
    model: [`{${DOT11_PRODUCT}.3}`],
    version: [{ from: `${DOT11_PRODUCT}.4`, match: '\\.v(.*)$' }],
  },
  cpu: [{ name: 'Processor', used: { oid: `${HOST}.3.0`, scale: 0.01 } }],
  memory: [{ name: 'Memory', free: `${FROGFOOT}.1.2.0`, total: `${FROGFOOT}.1.1.0`, unit: 1024 }],
  sensors: [
    { kind: 'frequency', unit: 'MHz', name: 'Radio Frequency', value: `${RADIO}.4` },
    { kind: 'power', unit: 'dBm', name: 'Tx Power', value: `${RADIO}.6` },
    { kind: 'distance', name: 'Distance', value: { oid: `${RADIO}.7`, scale: 0.001 } },
    { kind: 'rssi', name: 'RSSI: Chain {index.-1}', value: `${CHAIN}.2` },
    { kind: 'power', unit: 'dBm', name: 'Signal Level', value: `${LINK}.5` },
    { kind: 'rssi', name: 'Overall RSSI', value: `${LINK}.6` },
    { kind: 'ccq', name: 'CCQ', value: `${LINK}.7` },
    { kind: 'noise-floor', name: 'Noise Floor', value: `${LINK}.8` },
    { kind: 'rate', name: 'Tx Rate', value: `${LINK}.9` },
    { kind: 'rate', name: 'Rx Rate', value: `${LINK}.10` },
    { kind: 'clients', name: 'Clients', value: `${LINK}.15` },
    { kind: 'quality', name: 'airMAX Quality', value: `${AIRMAX_LINK}.3` },
    { kind: 'capacity', name: 'airMAX Capacity', value: `${AIRMAX_LINK}.4` },
    { kind: 'utilization', name: 'Airtime', value: { oid: `${AIRMAX_LINK}.7`, scale: 0.1 } },
    // some versions tell it ten million times too high
    { kind: 'temperature', name: 'Temperature', value: `${HOST}.4.0`, skip: [{ above: 1000 }] },
    {
      kind: 'temperature',
      name: 'Temperature',
      value: { oid: `${HOST}.4.0`, scale: 0.0000001 },
      skip: [{ below: 1001 }],
    },
    {
      kind: 'state',
      name: 'GPS Fix',
      value: `${GPS}.2.0`,
      states: {
        0: ['unknown', 'unknown'],
        1: ['nofix', 'critical'],
        2: ['fix2d', 'ok'],
        3: ['fix3d', 'ok'],
      },
    },
  ],
});
