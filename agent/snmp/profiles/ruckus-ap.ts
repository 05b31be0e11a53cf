import { defineProfile } from '../profile.ts';

// RUCKUS-HWINFO-MIB, RUCKUS-SWINFO-MIB, RUCKUS-SYSTEM-MIB, RUCKUS-RADIO-MIB
const RUCKUS = '1.3.6.1.4.1.25053.1.1';
const HARDWARE = `${RUCKUS}.2.1.1.1`;
const SOFTWARE = `${RUCKUS}.3.1.1.1.1.1`;
const SYSTEM = `${RUCKUS}.11.1.1.1`;
const RADIO = `${RUCKUS}.12.1.1.1`;

export const profile = defineProfile({
  name: 'ruckus-ap',
  title: 'Ruckus standalone access points',
  match: [{ sysObjectID: '1.3.6.1.4.1.25053', has: { oid: `${HARDWARE}.1.0` } }],
  rank: 20,
  identity: {
    kind: 'access-point',
    vendor: 'Ruckus',
    model: [`{${HARDWARE}.1.0}`],
    version: [`{${SOFTWARE}.3}`],
    serial: [`{${HARDWARE}.2.0}`],
  },
  cpu: [{ name: 'Processor', used: `${SYSTEM}.1.0` }],
  memory: [{ name: 'System Memory', percent: `${SYSTEM}.2.0` }],
  sensors: [
    { kind: 'clients', name: 'Clients: radio {index}', value: `${RADIO}.3.1.2` },
    { kind: 'utilization', name: 'Utilization: radio {index}', value: `${RADIO}.3.1.50` },
    { kind: 'noise-floor', name: 'Noise floor: radio {index}', value: `${RADIO}.2.1.8` },
  ],
});
