import { defineProfile } from '../profile.ts';

/** XEROX-HOST-RESOURCES-EXT-MIB: `MFG:…;MDL:…;DES:…;`. */
const DEVICE_ID = '1.3.6.1.4.1.253.8.51.1.2.1.20';
/** Those that Samsung built. */
const SAMSUNG = '1.3.6.1.4.1.236.11.5.1.1.1';

export const profile = defineProfile({
  name: 'xerox',
  title: 'Xerox, Fuji Xerox',
  match: [
    { sysDescr: '^(?:Fuji ?)?Xerox' },
    { sysObjectID: ['1.3.6.1.4.1.253.8.62', '1.3.6.1.4.1.297'], notSysDescr: 'Dell|Epson|Konica|Lenovo' },
  ],
  identity: {
    kind: 'printer',
    vendor: 'Xerox',
    model: [
      { from: DEVICE_ID, match: 'MDL:\\s*([^;]+)' },
      { from: DEVICE_ID, match: 'DES:\\s*([^;]+)' },
      { from: 'sysDescr', match: 'Xerox ([^;]+)' },
      `{${SAMSUNG}.1.0}`,
    ],
    version: [`{${SAMSUNG}.2.0}`, { from: 'sysDescr', match: '(?:System(?: Software)?|ESS|OS)[ :]*(\\d[\\w.]+)' }],
  },
});
