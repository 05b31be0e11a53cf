import { defineProfile } from '../profile.ts';

// FORTINET-FORTIAP-MIB
const FORTIAP = '1.3.6.1.4.1.12356.120';
const COMMON = `${FORTIAP}.1`;
const ACCESS_POINT = `${FORTIAP}.3`;

export const profile = defineProfile({
  name: 'fortiap',
  title: 'Fortinet FortiAP',
  match: [{ sysObjectID: FORTIAP }],
  identity: {
    kind: 'access-point',
    vendor: 'Fortinet',
    model: [{ from: 'sysDescr', match: '(FortiAP[- ]?\\S+|FP?\\d+\\S*)' }],
    version: [`{${COMMON}.1.0}`],
    serial: [`{${COMMON}.2.0}`],
  },
  cpu: [{ name: 'Processor', used: `${ACCESS_POINT}.41.0` }],
  memory: [{ name: 'Memory', percent: `${ACCESS_POINT}.42.0` }],
  sensors: [
    { kind: 'clients', name: 'Clients', value: `${ACCESS_POINT}.43.0` },
    { kind: 'temperature', name: 'Temperature', value: `${ACCESS_POINT}.44.0` },
    {
      kind: 'state',
      name: 'Operating PoE Mode',
      value: `${ACCESS_POINT}.4.0`,
      states: {
        0: ['Autodetect', 'ok'],
        1: ['802.3af', 'warning'],
        2: ['802.3at', 'ok'],
        3: ['Power Adapter', 'ok'],
        4: ['Controlled by AC', 'ok'],
        5: ['Full Power', 'ok'],
        6: ['High Power', 'ok'],
        7: ['Low Power', 'critical'],
      },
    },
  ],
});
