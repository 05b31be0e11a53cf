import { defineProfile } from '../profile.ts';

/** NETAPP-MIB. */
const NETAPP = '1.3.6.1.4.1.789.1';
const PRODUCT = `${NETAPP}.1`;
const [STATUS, ENVIRONMENT] = [`${NETAPP}.2.2.4.0`, `${NETAPP}.2.4`];
const NVRAM_BATTERY = `${NETAPP}.2.5.1.0`;
const FILE_SYSTEM = `${NETAPP}.5.4.1`;
const FAILED_DISKS = `${NETAPP}.6.4.7.0`;

export const profile = defineProfile({
  name: 'netapp',
  title: 'NetApp',
  match: [{ sysObjectID: '1.3.6.1.4.1.789' }],
  identity: {
    kind: 'nas',
    vendor: 'NetApp',
    model: [`{${PRODUCT}.5.0}`],
    version: [{ from: `${PRODUCT}.2.0`, match: 'NetApp Release (.*?):' }],
    serial: [`{${PRODUCT}.9.0}`],
  },
  cpu: [{ name: 'CPU', used: `${NETAPP}.2.1.3.0` }],
  storage: [
    {
      name: `{${FILE_SYSTEM}.2}`,
      used: { oid: `${FILE_SYSTEM}.30`, scale: 1024 },
      total: { oid: `${FILE_SYSTEM}.29`, scale: 1024 },
    },
  ],
  sensors: [
    {
      kind: 'state',
      name: 'Global status',
      value: STATUS,
      states: {
        1: ['other', 'unknown'],
        2: ['unknown', 'unknown'],
        3: ['ok', 'ok'],
        4: ['non-critical', 'warning'],
        5: ['critical', 'critical'],
        6: ['non-recoverable', 'critical'],
      },
    },
    {
      kind: 'state',
      name: 'Temperature',
      value: `${ENVIRONMENT}.1.0`,
      states: { 1: ['within limits', 'ok'], 2: ['too high', 'critical'] },
    },
    { kind: 'count', name: 'Failed fans', value: `${ENVIRONMENT}.2.0`, limits: { highWarning: 0 } },
    { kind: 'count', name: 'Failed power supplies', value: `${ENVIRONMENT}.4.0`, limits: { highWarning: 0 } },
    { kind: 'count', name: 'Failed disks', value: FAILED_DISKS, limits: { highWarning: 0 } },
    {
      kind: 'state',
      name: 'NVRAM battery',
      value: NVRAM_BATTERY,
      states: {
        1: ['ok', 'ok'],
        2: ['partially discharged', 'warning'],
        3: ['fully discharged', 'critical'],
        4: ['not present', 'critical'],
        5: ['near its end of life', 'warning'],
        6: ['at its end of life', 'critical'],
        7: ['unknown', 'unknown'],
        8: ['overcharged', 'warning'],
        9: ['fully charged', 'ok'],
      },
    },
  ],
});
