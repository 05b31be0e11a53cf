import { defineProfile } from '../profile.ts';

// SIERRA-MIB of ALEOS
const ALEOS = '1.3.6.1.4.1.20542.9.1.1';
const STATUS = `${ALEOS}.1`;

export const profile = defineProfile({
  name: 'sierra-airlink',
  title: 'Sierra Wireless AirLink',
  match: [{ sysObjectID: '1.3.6.1.4.1.20542' }],
  identity: {
    kind: 'router',
    vendor: 'Sierra Wireless',
    version: [`{${STATUS}.4.0}`],
    serial: [`{${STATUS}.1154.0}`],
  },
  // The one of GSM and what came of it, or that of CDMA.
  facts: {
    'modem.operator': [`{${STATUS}.770.0}`, `{${STATUS}.644.0}`],
    'modem.network': [`{${STATUS}.264.0}`],
    'modem.registration': [`{${STATUS}.259.0}`],
    'modem.sim': [`{${ALEOS}.2.771.0}`],
  },
  sensors: [
    { kind: 'rssi', name: 'RSSI', value: `${STATUS}.261.0` },
    { kind: 'voltage', name: 'Power In', value: `${STATUS}.266.0` },
    { kind: 'temperature', name: 'Board Temperature', value: `${STATUS}.267.0` },
  ],
});
