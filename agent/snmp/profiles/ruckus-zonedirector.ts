import { defineProfile } from '../profile.ts';

// RUCKUS-ZD-SYSTEM-MIB, RUCKUS-ZD-WLAN-MIB
const ZONEDIRECTOR = '1.3.6.1.4.1.25053.1.2';
const INFO = `${ZONEDIRECTOR}.1.1.1.1`;
const USAGE = `${ZONEDIRECTOR}.1.1.1.5`;
const STATISTICS = `${ZONEDIRECTOR}.1.1.1.15`;
const NETWORK = `${ZONEDIRECTOR}.2.1.1.1.1.1`;
const ACCESS_POINT = `${ZONEDIRECTOR}.2.1.1.2.1.1`;

export const profile = defineProfile({
  name: 'ruckus-zonedirector',
  title: 'Ruckus ZoneDirector',
  match: [{ sysObjectID: '1.3.6.1.4.1.25053.3.1', has: { oid: `${INFO}.9.0` } }],
  identity: {
    kind: 'wireless-controller',
    vendor: 'Ruckus',
    model: [`{${INFO}.9.0}`],
    version: [`{${INFO}.18.0} ({${INFO}.20.0})`, `{${INFO}.18.0}`],
    serial: [`{${INFO}.15.0}`],
  },
  cpu: [{ name: 'Processor', used: `${USAGE}.58.0` }],
  memory: [{ name: 'System Memory', percent: `${USAGE}.59.0` }],
  sensors: [
    { kind: 'clients', name: `SSID: {${NETWORK}.1}`, value: `${NETWORK}.12` },
    { kind: 'clients', name: 'System Total', value: `${STATISTICS}.2.0` },
    { kind: 'ap-count', name: 'Connected APs', value: `${STATISTICS}.1.0` },
    { kind: 'ap-count', name: 'Total APs', value: `${STATISTICS}.15.0` },
    // ruckusZDWLANAPTable
    {
      kind: 'state',
      name: `Access point {${ACCESS_POINT}.2}`,
      value: `${ACCESS_POINT}.3`,
      states: {
        0: ['disconnected', 'critical'],
        1: ['connected', 'ok'],
        2: ['approval pending', 'warning'],
        3: ['upgrading firmware', 'warning'],
        4: ['provisioning', 'warning'],
      },
    },
  ],
});
