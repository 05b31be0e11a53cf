import { defineProfile, type SensorRule } from '../profile.ts';

const CISCO = '1.3.6.1.4.1.9';
/** CISCO-FIREWALL-MIB: cfwHardwareStatusTable, cfwConnectionStatTable. */
const FIREWALL = `${CISCO}.9.147.1.2`;
const HARDWARE = `${FIREWALL}.1.1.1`;
const CONNECTIONS = `${FIREWALL}.2.2.1`;
/** CISCO-REMOTE-ACCESS-MONITOR-MIB: crasActivity. */
const ACTIVITY = `${CISCO}.9.392.1.3`;
const sessions = (name: string, item: number): SensorRule => ({ kind: 'count', name, value: `${ACTIVITY}.${item}.0` });

export const profile = defineProfile({
  name: 'cisco-firewall',
  title: 'Cisco ASA, Firepower',
  rank: 20,
  match: [{ sysObjectID: CISCO, sysDescr: 'Adaptive Security|Firepower|Secure Firewall|Firewall Services|\\bPIX\\b' }],
  identity: {
    kind: 'firewall',
    version: [
      { from: 'sysDescr', match: 'Threat Defense.*?, Version ([^,]+)' },
      { from: 'sysDescr', match: 'Version (\\S+)' },
    ],
  },
  sensors: [
    {
      kind: 'state',
      name: `{${HARDWARE}.2}`,
      value: `${HARDWARE}.3`,
      states: {
        1: ['other', 'critical'],
        2: ['up', 'ok'],
        3: ['down', 'critical'],
        4: ['error', 'critical'],
        5: ['over temperature', 'critical'],
        6: ['busy', 'critical'],
        7: ['no media', 'critical'],
        8: ['backup', 'critical'],
        9: ['active', 'ok'],
        10: ['standby', 'ok'],
      },
      /** A firewall without a partner tells of one all the same. */
      skip: [{ oid: `${HARDWARE}.4`, matches: 'not configured' }],
    },
    { kind: 'count', name: `{${CONNECTIONS}.3}`, value: `${CONNECTIONS}.5` },
    sessions('Email proxy sessions', 23),
    sessions('IPsec sessions', 26),
    sessions('LAN to LAN sessions', 29),
    sessions('Load balancing sessions', 32),
    sessions('SVC sessions', 35),
    sessions('WebVPN sessions', 38),
  ],
});
