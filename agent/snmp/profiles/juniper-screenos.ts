import { defineProfile } from '../profile.ts';

/** NETSCREEN-RESOURCE-MIB: nsResCpu, nsResMem, nsResSession. */
const NETSCREEN = '1.3.6.1.4.1.3224';
const RESOURCES = `${NETSCREEN}.16`;

export const profile = defineProfile({
  name: 'juniper-screenos',
  title: 'Juniper ScreenOS',
  match: [{ sysObjectID: NETSCREEN }],
  identity: {
    kind: 'firewall',
    vendor: 'Juniper',
    model: [{ from: 'sysDescr', match: '^(.+) version ' }],
    version: [{ from: 'sysDescr', match: ' version (.+) \\(SN' }],
    serial: [{ from: 'sysDescr', match: '\\(SN: ([^,)]+)' }],
  },
  cpu: [{ name: 'CPU', used: `${RESOURCES}.1.3.0` }],
  memory: [{ name: 'Memory', used: `${RESOURCES}.2.1.0`, free: `${RESOURCES}.2.2.0` }],
  sensors: [{ kind: 'count', name: 'Sessions', value: `${RESOURCES}.3.2.0`, limits: { high: `${RESOURCES}.3.3.0` } }],
});
