import { defineProfile, type SensorRule, type Skip } from '../profile.ts';
import type { SensorKind } from '../reading.ts';

const JUNIPER = '1.3.6.1.4.1.2636';
/** JUNIPER-MIB: the box, jnxOperatingTable, jnxFruTable. */
const BOX = `${JUNIPER}.3.1`;
const OPERATING = `${BOX}.13.1`;
const [DESCRIPTION, TEMPERATURE, CPU, BUFFER, MEMORY] = [
  `${OPERATING}.5`,
  `${OPERATING}.7`,
  `${OPERATING}.8`,
  `${OPERATING}.11`,
  `${OPERATING}.15`,
];
const FRU = `${BOX}.15.1`;
const MEGABYTE = 1_048_576;
/** Fans and sensors have rows there too, and neither a CPU nor memory. */
const HAS_CPU: readonly Skip[] = [
  { oid: MEMORY, is: [0] },
  { oid: DESCRIPTION, matches: 'fan|sensor' },
];
/** JUNIPER-ALARM-MIB: the yellow and red lamp. */
const ALARM = `${JUNIPER}.3.4.2`;
/** JUNIPER-VIRTUALCHASSIS-MIB: jnxVirtualChassisMemberTable. */
const MEMBER = `${JUNIPER}.3.40.1.4.1.1.1`;
/** JUNIPER-SRX5000-SPU-MONITORING-MIB. */
const SPU = `${JUNIPER}.3.39.1.12.1.1.1`;
const SPU_NAME = `{${SPU}.11} SPU {index}`;
/** JUNIPER-DOM-MIB: jnxDomCurrentTable by ifIndex, jnxDomModuleLaneTable by ifIndex and lane; ifDescr. */
const DOM = `${JUNIPER}.3.60.1.1.1.1`;
const LANE = `${JUNIPER}.3.60.1.2.1.1`;
const PORT = '1.3.6.1.2.1.2.2.1.2';
/** JUNIPER-IFOPTICS-MIB: jnxOpticsPMCurrentTable. */
const OPTICS = `${JUNIPER}.3.71.1.2.1.1`;
const optic = (
  kind: SensorKind,
  name: string,
  oid: string,
  scale: number,
  skip: readonly number[] = [],
): SensorRule => ({
  kind,
  name: `{${PORT}@1} ${name}`,
  value: { oid, scale, skip },
});

export const profile = defineProfile({
  name: 'juniper',
  title: 'Juniper Junos',
  match: [{ sysObjectID: JUNIPER }, { sysDescr: 'Juniper Networks|kernel JUNOS' }],
  identity: {
    kind: [
      { kind: 'firewall', sysDescr: '\\bv?srx|\\bJ\\d{4}' },
      { kind: 'switch', sysDescr: '\\b(ex|qfx|ocx)\\d' },
      { kind: 'router' },
    ],
    vendor: 'Juniper',
    model: [
      { from: `${BOX}.2.0`, match: '\\[([^\\]]+)\\]' },
      { from: 'sysDescr', match: 'Juniper Networks, Inc\\. (\\S+) ' },
      { from: `${MEMBER}.8` },
      { from: 'sysDescr', match: '^Juniper ([a-z]+\\d\\S*)' },
      `{${BOX}.2.0}`,
    ],
    version: [`{${MEMBER}.5}`, { from: 'sysDescr', match: 'kernel JUNOS ([^, ]+)' }],
    serial: [`{${BOX}.3.0}`],
  },
  cpu: [
    { name: `{${DESCRIPTION}}`, used: CPU, skip: HAS_CPU },
    { name: SPU_NAME, used: `${SPU}.4` },
  ],
  memory: [
    { name: `{${DESCRIPTION}}`, percent: BUFFER, total: MEMORY, unit: MEGABYTE, skip: HAS_CPU },
    { name: SPU_NAME, percent: `${SPU}.5` },
  ],
  sensors: [
    {
      kind: 'state',
      name: 'Yellow alarm',
      value: `${ALARM}.2.1.0`,
      states: { 1: ['unknown', 'unknown'], 2: ['off', 'ok'], 3: ['on', 'warning'] },
    },
    {
      kind: 'state',
      name: 'Red alarm',
      value: `${ALARM}.3.1.0`,
      states: { 1: ['unknown', 'unknown'], 2: ['off', 'ok'], 3: ['on', 'critical'] },
    },
    {
      kind: 'state',
      name: `{${FRU}.5}`,
      value: `${FRU}.8`,
      states: {
        3: ['present', 'warning'],
        4: ['ready', 'ok'],
        5: ['announces to be online', 'ok'],
        6: ['online', 'ok'],
        7: ['announces to be offline', 'warning'],
        8: ['offline', 'critical'],
        9: ['diagnosing', 'unknown'],
        10: ['standby', 'unknown'],
      },
      /** Unknown or empty. */
      skip: [{ below: 3 }],
    },
    {
      kind: 'state',
      name: `Virtual chassis member {${MEMBER}.2}`,
      value: `${MEMBER}.3`,
      states: { 1: ['master', 'ok'], 2: ['backup', 'ok'], 3: ['line card', 'ok'] },
    },
    { kind: 'temperature', name: `{${DESCRIPTION}}`, value: { oid: TEMPERATURE, skip: [0] } },
    {
      kind: 'temperature',
      name: `{${PORT}}`,
      value: { oid: `${DOM}.8`, skip: [0] },
      limits: { low: `${DOM}.22`, lowWarning: `${DOM}.24`, highWarning: `${DOM}.23`, high: `${DOM}.21` },
    },
    optic('current', 'Tx current', `${DOM}.6`, 0.000001, [0]),
    optic('dbm', 'Rx power', `${DOM}.5`, 0.01, [0]),
    optic('dbm', 'Tx power', `${DOM}.7`, 0.01, [0]),
    optic('dbm', 'lane {index.2} Rx power', `${LANE}.6`, 0.01, [0]),
    optic('dbm', 'lane {index.2} Tx power', `${LANE}.8`, 0.01, [0]),
    optic('dbm', 'Rx power', `${OPTICS}.8`, 0.01),
    optic('dbm', 'Tx power', `${OPTICS}.7`, 0.01),
    optic('current', 'Tx bias', `${OPTICS}.35`, 0.001),
    optic('temperature', 'temperature', `${OPTICS}.39`, 1),
    optic('snr', 'SNR', `${OPTICS}.6`, 0.1),
    {
      kind: 'count',
      name: `${SPU_NAME} sessions`,
      value: { oid: `${SPU}.6`, skip: [0] },
      limits: { high: `${SPU}.7` },
    },
    {
      kind: 'count',
      name: `${SPU_NAME} central point sessions`,
      value: { oid: `${SPU}.8`, skip: [0] },
      limits: { high: `${SPU}.9` },
    },
    /** JUNIPER-RPM-MIB: the last completed test of each probe. */
    {
      kind: 'loss',
      name: 'Probe {index}',
      value: `${JUNIPER}.3.50.1.2.1.4`,
      skip: [{ index: '\\.(?!2$)\\d+$' }],
    },
  ],
  traps: [
    {
      oid: `${JUNIPER}.4.1.1`,
      title: { fr: 'Une alimentation est en panne', en: 'A power supply failed' },
      severity: 'critical',
      key: `{${BOX}.8.1.6}`,
    },
    {
      oid: `${JUNIPER}.4.2.1`,
      title: { fr: 'L’alimentation fonctionne de nouveau', en: 'The power supply works again' },
      severity: 'clears',
      clears: `${JUNIPER}.4.1.1`,
      key: `{${BOX}.8.1.6}`,
    },
    {
      oid: `${JUNIPER}.4.1.2`,
      title: { fr: 'Un ventilateur est en panne', en: 'A fan failed' },
      severity: 'critical',
      key: `{${BOX}.8.1.6}`,
    },
    {
      oid: `${JUNIPER}.4.2.2`,
      title: { fr: 'Le ventilateur fonctionne de nouveau', en: 'The fan works again' },
      severity: 'clears',
      clears: `${JUNIPER}.4.1.2`,
      key: `{${BOX}.8.1.6}`,
    },
    {
      oid: `${JUNIPER}.4.1.3`,
      title: { fr: 'Température trop élevée', en: 'Temperature too high' },
      severity: 'critical',
      key: `{${DESCRIPTION}}`,
    },
    {
      oid: `${JUNIPER}.4.2.3`,
      title: { fr: 'La température est redevenue normale', en: 'The temperature is normal again' },
      severity: 'clears',
      clears: `${JUNIPER}.4.1.3`,
      key: `{${DESCRIPTION}}`,
    },
  ],
});
