import { defineProfile } from '../profile.ts';

// AI-AP-MIB
const INSTANT = '1.3.6.1.4.1.14823.2.3.3.1';
const NETWORK = `${INSTANT}.1.7.1`;
const ACCESS_POINT = `${INSTANT}.2.1.1`;
const RADIO = `${INSTANT}.2.2.1`;
const CLIENT = `${INSTANT}.2.4.1`;

const status = { 1: ['up', 'ok'], 2: ['down', 'critical'] } as const;
/** A radio's index is its access point's MAC address and a number. */
const radio = `{${ACCESS_POINT}.4@6} Radio {index.-1}`;

export const profile = defineProfile({
  name: 'aruba-instant',
  title: 'HPE Aruba Instant',
  match: [{ sysObjectID: '1.3.6.1.4.1.14823.1.2', has: { oid: `${INSTANT}.1.4.0` } }],
  rank: 20,
  identity: {
    kind: 'access-point',
    vendor: 'HPE Aruba',
    model: [{ from: 'sysDescr', match: 'MODEL: ([^)]+)\\)' }, `{${ACCESS_POINT}.6}`],
    version: [{ from: 'sysDescr', match: 'Version (\\S+)' }, `{${INSTANT}.1.4.0}`],
    serial: [`{${ACCESS_POINT}.4}`],
  },
  cpu: [{ name: `{${ACCESS_POINT}.4}`, used: `${ACCESS_POINT}.7` }],
  memory: [
    { name: `{${ACCESS_POINT}.2} [{${ACCESS_POINT}.4}]`, free: `${ACCESS_POINT}.8`, total: `${ACCESS_POINT}.10` },
  ],
  sensors: [
    {
      kind: 'state',
      name: `{${ACCESS_POINT}.2} ({${ACCESS_POINT}.4})`,
      value: `${ACCESS_POINT}.11`,
      states: status,
    },
    {
      kind: 'state',
      name: `{${ACCESS_POINT}.2@6} ({${ACCESS_POINT}.4@6}) Radio {index.-1}`,
      value: `${RADIO}.20`,
      states: status,
    },
    { kind: 'frequency', unit: 'MHz', name: radio, value: { oid: `${RADIO}.4`, as: 'channel' } },
    { kind: 'power', unit: 'dBm', name: `${radio}: Tx Power`, value: `${RADIO}.5` },
    { kind: 'noise-floor', name: radio, value: { oid: `${RADIO}.6`, as: 'negative' } },
    { kind: 'utilization', name: radio, value: `${RADIO}.8` },
    { kind: 'clients', name: radio, value: `${RADIO}.21` },
    { kind: 'clients', name: `SSID {${NETWORK}.2} Clients`, value: `${NETWORK}.4` },
    { kind: 'clients', name: 'Total Clients', value: `${CLIENT}.1`, count: true },
    { kind: 'ap-count', name: 'Total APs', value: `${ACCESS_POINT}.4`, count: true },
  ],
});
