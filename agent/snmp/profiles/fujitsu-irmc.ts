import { defineProfile } from '../profile.ts';

/** FSC-SERVERCONTROL2-MIB, and SERVERVIEW-STATUS-MIB's word on the whole. */
const SERVER = '1.3.6.1.4.1.231.2.10.2.2.10';
const OVERALL = '1.3.6.1.4.1.231.2.10.2.11.2.1.0';
const UNIT = `${SERVER}.2.3.1`;
const [TEMPERATURE, FAN] = [`${SERVER}.5.1.1`, `${SERVER}.5.2.1`];
const [SUPPLY, VOLTAGE, CPU, MEMORY] = [`${SERVER}.6.2.1`, `${SERVER}.6.3.1`, `${SERVER}.6.4.1`, `${SERVER}.6.5.1`];

export const profile = defineProfile({
  name: 'fujitsu-irmc',
  title: 'Fujitsu iRMC, ServerView',
  match: [{ sysObjectID: '1.3.6.1.4.1.231' }, { has: { oid: `${SERVER}.1.1.0` } }],
  identity: {
    kind: [{ kind: 'bmc', sysDescr: 'iRMC' }, { kind: 'server' }],
    vendor: 'Fujitsu',
    model: [`{${UNIT}.5}`],
    serial: [`{${UNIT}.7}`],
  },
  sensors: [
    {
      kind: 'state',
      name: 'Global System Status',
      value: `${SERVER}.8.1.0`,
      states: {
        1: ['ok', 'ok'],
        2: ['degraded', 'warning'],
        3: ['error', 'critical'],
        4: ['failed', 'critical'],
        5: ['unknown', 'unknown'],
        6: ['not present', 'unknown'],
        7: ['not manageable', 'unknown'],
      },
    },
    {
      kind: 'state',
      name: 'System',
      value: OVERALL,
      states: {
        1: ['ok', 'ok'],
        2: ['degraded', 'warning'],
        3: ['error', 'critical'],
        4: ['failed', 'critical'],
        5: ['unknown', 'unknown'],
      },
    },
    {
      kind: 'temperature',
      name: `{${TEMPERATURE}.3}`,
      value: `${TEMPERATURE}.6`,
      limits: {
        highWarning: { oid: `${TEMPERATURE}.7`, skip: [0, -1] },
        high: { oid: `${TEMPERATURE}.8`, skip: [0, -1] },
      },
      skip: [{ oid: `${TEMPERATURE}.5`, is: [2, 4] }],
    },
    {
      kind: 'state',
      name: `{${TEMPERATURE}.3}`,
      value: `${TEMPERATURE}.5`,
      skip: [{ is: [2] }],
      states: {
        1: ['unknown', 'unknown'],
        3: ['ok', 'ok'],
        4: ['sensor failed', 'warning'],
        5: ['failed', 'critical'],
        6: ['too hot', 'warning'],
        7: ['far too hot', 'critical'],
        8: ['normal', 'ok'],
        9: ['warning', 'warning'],
      },
    },
    { kind: 'fanspeed', name: `{${FAN}.3}`, value: `${FAN}.6`, skip: [{ oid: `${FAN}.5`, is: [2, 8] }] },
    {
      kind: 'state',
      name: `{${FAN}.3}`,
      value: `${FAN}.5`,
      skip: [{ is: [8] }],
      states: {
        1: ['unknown', 'unknown'],
        2: ['disabled', 'ok'],
        3: ['ok', 'ok'],
        4: ['failed', 'critical'],
        5: ['failure predicted', 'warning'],
        6: ['redundant fan failed', 'warning'],
        7: ['not manageable', 'unknown'],
      },
    },
    { kind: 'power', name: `{${SUPPLY}.3}`, value: `${SUPPLY}.6`, skip: [{ below: 0 }] },
    {
      kind: 'state',
      name: `{${SUPPLY}.3}`,
      value: `${SUPPLY}.5`,
      skip: [{ is: [2] }],
      states: {
        1: ['unknown', 'unknown'],
        3: ['ok', 'ok'],
        4: ['failed', 'critical'],
        5: ['no mains', 'critical'],
        6: ['no output', 'critical'],
        7: ['critical temperature', 'critical'],
        8: ['not manageable', 'unknown'],
        9: ['fan failure predicted', 'warning'],
        10: ['fan failed', 'critical'],
        11: ['power save mode', 'ok'],
        12: ['no output, not redundant', 'critical'],
        13: ['no mains, not redundant', 'critical'],
      },
    },
    {
      kind: 'voltage',
      name: `{${VOLTAGE}.3}`,
      value: { oid: `${VOLTAGE}.5`, scale: 0.001 },
      skip: [{ oid: `${VOLTAGE}.4`, is: [2] }],
    },
    {
      kind: 'state',
      name: `{${VOLTAGE}.3}`,
      value: `${VOLTAGE}.4`,
      skip: [{ is: [2] }],
      states: {
        1: ['unknown', 'unknown'],
        3: ['ok', 'ok'],
        4: ['too low', 'critical'],
        5: ['too high', 'critical'],
        6: ['out of range', 'critical'],
        7: ['warning', 'warning'],
      },
    },
    {
      kind: 'state',
      name: `{${CPU}.3}`,
      value: `${CPU}.4`,
      skip: [{ is: [2] }],
      states: {
        1: ['unknown', 'unknown'],
        3: ['ok', 'ok'],
        4: ['disabled', 'warning'],
        5: ['error', 'critical'],
        6: ['failed', 'critical'],
        7: ['terminator missing', 'warning'],
        8: ['failure predicted', 'warning'],
      },
    },
    {
      kind: 'state',
      name: `{${MEMORY}.3}`,
      value: `${MEMORY}.4`,
      skip: [{ is: [2] }],
      states: {
        1: ['unknown', 'unknown'],
        3: ['ok', 'ok'],
        4: ['disabled', 'warning'],
        5: ['error', 'critical'],
        6: ['failed', 'critical'],
        7: ['failure predicted', 'warning'],
        8: ['hot spare', 'ok'],
        9: ['mirror', 'ok'],
        10: ['RAID', 'ok'],
        11: ['hidden', 'ok'],
      },
    },
  ],
});
