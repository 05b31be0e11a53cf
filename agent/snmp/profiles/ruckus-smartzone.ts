import { defineProfile } from '../profile.ts';

// RUCKUS-SZ-SYSTEM-MIB, RUCKUS-SZ-WLAN-MIB, RUCKUS-CTRL-MIB
const SMARTZONE = '1.3.6.1.4.1.25053.1.4';
const STATISTICS = `${SMARTZONE}.1.1.1.15`;
const NETWORK = `${SMARTZONE}.2.1.1.1.2.1`;
const CONTROLLER = '1.3.6.1.4.1.25053.1.8.1.1.1.1';
const NODE = `${CONTROLLER}.1.1`;

export const profile = defineProfile({
  name: 'ruckus-smartzone',
  title: 'Ruckus SmartZone',
  match: [{ sysObjectID: ['1.3.6.1.4.1.25053.3.1.10', '1.3.6.1.4.1.25053.3.1.11'] }],
  rank: 20,
  identity: {
    kind: 'wireless-controller',
    vendor: 'Ruckus',
    model: [`{${NODE}.3}`],
    version: [`{${NODE}.9}`],
    serial: [`{${STATISTICS}.13.0}`],
  },
  sensors: [
    { kind: 'clients', name: `SSID: {${NETWORK}.1}`, value: `${NETWORK}.12` },
    { kind: 'clients', name: 'System Total', value: `${STATISTICS}.2.0` },
    { kind: 'ap-count', name: 'Connected APs', value: `${NODE}.19` },
    { kind: 'ap-count', name: 'Total APs', value: `${STATISTICS}.1.0` },
  ],
});
