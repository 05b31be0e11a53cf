import { defineProfile } from '../profile.ts';
import { alarms } from '../rules/alarms.ts';
import { IF_NAME } from '../rules/names.ts';

/** Zyxel's switches: MIBs of their series (5.8), and those they share since (15.3). */
const SERIES = '1.3.6.1.4.1.890.1.5.8';
const COMMON = '1.3.6.1.4.1.890.1.15.3';
/** ZYXEL-HW-MONITOR-MIB, ZYXEL-STACKING-MIB, ZYXEL-TRANSCEIVER-MIB. */
const MONITOR = `${COMMON}.26.1`;
const STACKING = `${COMMON}.97.2`;
const OPTICS = `${COMMON}.84.1.2.1`;
/** ZYXEL-MGS3712-MIB, for the series that have its like. */
const MGS = `${SERIES}.47`;
const MGS_OPTICS = `${MGS}.117.2.1`;

const UNTOLD = [-1];
/** Of the transceiver's rows only those that measure it. */
const only = (column: string, what: string) => [
  { oid: column, not: [what] },
  { oid: column, missing: true },
];

export const profile = defineProfile({
  name: 'zyxel-switch',
  title: 'Zyxel (switches)',
  match: [
    { sysObjectID: SERIES },
    { sysObjectID: '1.3.6.1.4.1.890.1.15', sysDescr: '^(?:ES|GS|MES|MGS|XGS|XMG|XS)\\d' },
  ],
  identity: {
    kind: 'switch',
    vendor: 'Zyxel',
    model: [`{${COMMON}.1.11.0}`, { from: 'sysDescr', match: '^(\\S+)' }],
    version: [{ from: `${COMMON}.1.6.0`, match: '^([^|]+?)\\s*(?:\\||$)' }],
    serial: [`{${COMMON}.1.12.0}`, ...[20, 47, 55].map((series) => `{${SERIES}.${series}.1.10.0}`)],
  },
  cpu: [
    /** The last five seconds', or what older ones tell. */
    { name: 'Processor', used: `${COMMON}.2.7.0` },
    { name: 'Processor', used: `${COMMON}.2.4.0`, skip: [{ oid: `${COMMON}.2.7.0`, answers: true }] },
    { name: 'Processor', used: `${SERIES}.20.12.7.0` },
    { name: 'Processor', used: `${SERIES}.47.11.7.0` },
    { name: 'Processor', used: `${SERIES}.55.12.7.0` },
  ],
  memory: [{ name: 'Memory', percent: `${COMMON}.2.5.0` }],
  sensors: [
    /** The greatest and least of these tables are what was once measured, and no limits. */
    {
      kind: 'fanspeed',
      name: `{${MONITOR}.1.1.2}`,
      value: { oid: `${MONITOR}.1.1.3`, skip: UNTOLD },
      limits: { low: `${MONITOR}.1.1.6` },
    },
    {
      kind: 'temperature',
      name: `{${MONITOR}.2.1.2}`,
      value: { oid: `${MONITOR}.2.1.3`, skip: UNTOLD },
      limits: { high: { oid: `${MONITOR}.2.1.6`, skip: [0] } },
    },
    {
      kind: 'voltage',
      name: `{${MONITOR}.3.1.2}`,
      value: { oid: `${MONITOR}.3.1.3`, scale: 0.001, skip: UNTOLD },
      limits: { low: { oid: `${MONITOR}.3.1.6`, scale: 0.001 } },
    },
    { kind: 'fanspeed', name: `Fan {index} {${MGS}.8.1.1.6}`, value: `${MGS}.8.1.1.2` },
    { kind: 'temperature', name: `Temperature {index} {${MGS}.8.2.1.6}`, value: `${MGS}.8.2.1.2` },
    { kind: 'voltage', name: 'Voltage {index}', value: { oid: `${MGS}.8.3.1.2`, scale: 0.001 } },
    {
      kind: 'state',
      name: 'Switch {index} stacking role',
      value: `${STACKING}.1.1.5`,
      states: { 0: ['none', 'unknown'], 1: ['master', 'ok'], 2: ['backup', 'ok'], 3: ['linecard', 'ok'] },
    },
    {
      kind: 'state',
      name: 'Switch {index.1} stacking port {index.2} neighbour',
      value: `${STACKING}.2.1.5`,
      states: {
        0: ['none', 'unknown'],
        1: ['switch 1', 'ok'],
        2: ['switch 2', 'ok'],
        3: ['switch 3', 'ok'],
        4: ['switch 4', 'ok'],
      },
    },
    {
      kind: 'state',
      name: 'Stacking topology',
      value: `${STACKING}.3.0`,
      states: { 0: ['none', 'unknown'], 1: ['chain', 'warning'], 2: ['ring', 'ok'] },
    },
    {
      kind: 'dbm',
      name: `{${IF_NAME}@1} TX power`,
      value: { oid: `${OPTICS}.6`, scale: 0.01, skip: [0] },
      skip: only(`${OPTICS}.7`, 'TxPower'),
    },
    {
      kind: 'dbm',
      name: `{${IF_NAME}@1} RX power`,
      value: { oid: `${OPTICS}.6`, scale: 0.01, skip: [0] },
      skip: only(`${OPTICS}.7`, 'RxPower'),
    },
    {
      kind: 'temperature',
      name: 'Port {index.1} optics',
      value: { oid: `${MGS_OPTICS}.7`, scale: 0.01 },
      skip: only(`${MGS_OPTICS}.8`, 'Temperature'),
    },
    {
      kind: 'voltage',
      name: 'Port {index.1} optics',
      value: { oid: `${MGS_OPTICS}.7`, scale: 0.01 },
      skip: only(`${MGS_OPTICS}.8`, 'Voltage'),
    },
  ],
  traps: alarms(`${COMMON}.26.2`, [
    [1, 'zyHwMonitorFanSpeedOutOfRange', 'critical', 'Ventilateur hors limites', 'Fan out of range', 7],
    [2, 'zyHwMonitorTemperatureOutOfRange', 'critical', 'Température hors limites', 'Temperature out of range', 8],
    [
      3,
      'zyHwMonitorPowerSupplyVoltageOutOfRange',
      'critical',
      'Tension de l’alimentation hors limites',
      'Supply voltage out of range',
      9,
    ],
    [5, 'zyHwMonitorDyingGasp', 'critical', 'Coupure de courant', 'Power lost'],
    [10, 'zyHwMonitorPowerSourceAbnormal', 'critical', 'Alimentation électrique en défaut', 'Power source fault', 11],
  ]),
});
