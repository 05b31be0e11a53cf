import { defineProfile } from '../profile.ts';

// RUCKUS-UNLEASHED-SYSTEM-MIB
const SYSTEM = '1.3.6.1.4.1.25053.1.15.1.1.1';
const INFO = `${SYSTEM}.1`;
const STATISTICS = `${SYSTEM}.15`;

export const profile = defineProfile({
  name: 'ruckus-unleashed',
  title: 'Ruckus Unleashed',
  match: [{ sysObjectID: '1.3.6.1.4.1.25053.3.1', has: { oid: `${INFO}.9.0` } }],
  rank: 20,
  identity: {
    kind: 'access-point',
    vendor: 'Ruckus',
    model: [`{${INFO}.9.0}`],
    version: [`{${INFO}.18.0} ({${INFO}.20.0})`, `{${INFO}.18.0}`],
    serial: [`{${INFO}.15.0}`],
  },
  cpu: [{ name: 'Processor', used: `${STATISTICS}.13.0` }],
  memory: [{ name: 'System Memory', percent: `${STATISTICS}.14.0` }],
  sensors: [
    { kind: 'ap-count', name: 'Connected APs', value: `${STATISTICS}.1.0` },
    { kind: 'clients', name: 'Clients: Total', value: `${STATISTICS}.2.0` },
  ],
});
