import { defineProfile } from '../profile.ts';
import type { SensorStatus } from '../reading.ts';

const CISCO = '1.3.6.1.4.1.9';
type States = Readonly<Record<number, readonly [string, SensorStatus]>>;

/** CISCO-RF-MIB: two supervisors or chassis that stand in for each other. */
const RF = `${CISCO}.9.176.1`;
const UNIT: States = {
  1: ['not known', 'unknown'],
  2: ['disabled', 'ok'],
  3: ['initialising', 'warning'],
  4: ['negotiating', 'warning'],
  5: ['standby, cold', 'warning'],
  6: ['standby, cold: configuration', 'warning'],
  7: ['standby, cold: file system', 'warning'],
  8: ['standby, cold: bulk', 'warning'],
  9: ['standby, hot', 'ok'],
  10: ['active, fast', 'warning'],
  11: ['active, draining', 'warning'],
  12: ['active, before configuration', 'warning'],
  13: ['active, after configuration', 'warning'],
  14: ['active', 'ok'],
  15: ['active, extra load', 'warning'],
  16: ['active, handing back', 'warning'],
};
const MODE: States = {
  1: ['not redundant', 'ok'],
  2: ['static load sharing, not redundant', 'ok'],
  3: ['dynamic load sharing, not redundant', 'ok'],
  4: ['static load sharing', 'ok'],
  5: ['dynamic load sharing', 'ok'],
  6: ['cold standby', 'ok'],
  7: ['warm standby', 'ok'],
  8: ['hot standby', 'ok'],
};

/** CISCO-HSRP-MIB: cHsrpGrpTable. */
const HSRP = `${CISCO}.9.106`;
const HSRP_GROUP = `${HSRP}.1.2.1.1`;

/** CISCO-RTTMON-MIB: what IP SLA probes find. The tag names a probe; only active ones count. */
const RTTMON = `${CISCO}.9.42.1.2`;
const [TAG, STATUS] = [`${RTTMON}.1.1.3`, `${RTTMON}.1.1.9`];
const [RTT_MS, SENSE] = [`${RTTMON}.10.1.1`, `${RTTMON}.10.1.2`];
const ACTIVE = 1;

export const profile = defineProfile({
  name: 'cisco-redundancy',
  title: 'Cisco: redundancy, HSRP, REP, IP SLA',
  match: [{ sysObjectID: CISCO, notSysObjectID: `${CISCO}.6.1` }],
  sensors: [
    { kind: 'state', name: 'Unit', value: `${RF}.1.2.0`, states: UNIT },
    { kind: 'state', name: 'Peer unit', value: `${RF}.1.4.0`, states: UNIT },
    { kind: 'state', name: 'Redundancy set', value: `${RF}.2.14.0`, states: MODE },
    { kind: 'state', name: 'Redundancy', value: `${RF}.2.16.0`, states: MODE },
    {
      kind: 'state',
      name: `HSRP {${HSRP_GROUP}.11}`,
      value: `${HSRP_GROUP}.15`,
      states: {
        1: ['initial', 'critical'],
        2: ['learn', 'critical'],
        3: ['listen', 'warning'],
        4: ['speak', 'warning'],
        5: ['standby', 'ok'],
        6: ['active', 'ok'],
      },
    },
    /** CISCO-RESILIENT-ETHERNET-PROTOCOL-MIB. */
    {
      kind: 'state',
      name: 'REP segment {index}',
      value: `${CISCO}.9.601.1.3.1.1.4`,
      states: { 0: ['unknown', 'unknown'], 1: ['complete', 'ok'], 2: ['incomplete', 'critical'] },
    },
    {
      kind: 'state',
      name: `IP SLA {index} {${TAG}}`,
      value: SENSE,
      states: {
        0: ['other', 'unknown'],
        1: ['ok', 'ok'],
        2: ['disconnected', 'warning'],
        3: ['over threshold', 'warning'],
        4: ['timeout', 'warning'],
        5: ['busy', 'unknown'],
        6: ['not connected', 'warning'],
        7: ['dropped', 'warning'],
        8: ['sequence error', 'warning'],
        9: ['verify error', 'warning'],
        10: ['application error', 'warning'],
      },
      skip: [{ oid: STATUS, not: [ACTIVE] }],
    },
    {
      kind: 'delay',
      name: `IP SLA {index} {${TAG}}`,
      value: { oid: RTT_MS, scale: 0.001 },
      skip: [
        { oid: STATUS, not: [ACTIVE] },
        { oid: SENSE, not: [1, 3] },
      ],
    },
  ],
  traps: [
    {
      oid: `${HSRP}.2.0.1`,
      title: { fr: 'Un groupe HSRP a changé d’état', en: 'An HSRP group changed its state' },
      severity: 'info',
    },
    {
      oid: `${CISCO}.9.176.2.0.1`,
      title: { fr: 'Bascule vers l’unité de secours', en: 'The standby unit took over' },
      severity: 'warning',
    },
  ],
});
