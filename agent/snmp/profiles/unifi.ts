import { defineProfile } from '../profile.ts';

// UBNT-UniFi-MIB
const UNIFI = '1.3.6.1.4.1.41112.1.6';
const RADIO = `${UNIFI}.1.1.1`;
const NETWORK = `${UNIFI}.1.2.1`;
const SYSTEM = `${UNIFI}.3`;
// FROGFOOT-RESOURCES-MIB
const FROGFOOT = '1.3.6.1.4.1.10002.1.1.1';
// IEEE802dot11-MIB
const DOT11_PRODUCT = '1.2.840.10036.3.1.2.1';

const noName = { oid: `${NETWORK}.6`, is: [''] };

export const profile = defineProfile({
  name: 'unifi',
  title: 'Ubiquiti UniFi access points',
  match: [
    {
      sysObjectID: ['1.3.6.1.4.1.41112', '1.3.6.1.4.1.8072.3.2.10'],
      sysDescr: '^(UAP|U6|U7|E7|UK|U-LTE|UDW|UDB|UWB)',
    },
    { sysObjectID: '1.3.6.1.4.1.10002.1', sysDescr: 'Linux', has: { oid: `${DOT11_PRODUCT}.3`, is: 'UAP' } },
  ],
  identity: {
    kind: 'access-point',
    vendor: 'Ubiquiti',
    model: [`{${SYSTEM}.3.0}`, `{${DOT11_PRODUCT}.3}`],
    version: [`{${SYSTEM}.6.0}`, { from: `${DOT11_PRODUCT}.4`, match: '(v\\d+\\.\\d+\\.\\d+\\.\\d+)' }],
  },
  memory: [{ name: 'Memory', free: `${FROGFOOT}.1.2.0`, total: `${FROGFOOT}.1.1.0`, unit: 1024 }],
  sensors: [
    // unifiVapTable: a row for each network on each radio
    { kind: 'clients', name: `Clients ({${NETWORK}.9})`, value: `${NETWORK}.8`, sum: true },
    { kind: 'clients', name: `SSID: {${NETWORK}.6}`, value: `${NETWORK}.8`, sum: true, skip: [noName] },
    {
      kind: 'ccq',
      name: `SSID: {${NETWORK}.6} ({${NETWORK}.9})`,
      value: { oid: `${NETWORK}.3`, scale: 0.1 },
      skip: [noName],
    },
    {
      kind: 'frequency',
      unit: 'MHz',
      name: `Frequency ({${NETWORK}.9})`,
      value: { oid: `${NETWORK}.4`, as: 'channel' },
      first: true,
    },
    { kind: 'power', unit: 'dBm', name: `Tx Power ({${NETWORK}.9})`, value: `${NETWORK}.21`, first: true },
    // unifiRadioTable
    { kind: 'utilization', name: `Total Util ({${RADIO}.3})`, value: `${RADIO}.6` },
    { kind: 'utilization', name: `Self Rx Util ({${RADIO}.3})`, value: `${RADIO}.7` },
    { kind: 'utilization', name: `Self Tx Util ({${RADIO}.3})`, value: `${RADIO}.8` },
    { kind: 'utilization', name: `Other BSS Util ({${RADIO}.3})`, value: `${RADIO}.9` },
  ],
});
