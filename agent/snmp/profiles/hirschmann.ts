import { defineProfile } from '../profile.ts';

/** Hirschmann's industrial switches: HiOS (11), and Classic (14) before it. */
const HIRSCHMANN = '1.3.6.1.4.1.248';
/** HM2-DEVMGMT-MIB, HM2-PWRMGMT-MIB, HM2-DIAGNOSTIC-MIB. */
const HIOS = `${HIRSCHMANN}.11`;
const DEVICE = `${HIOS}.10.1`;
const OPTICS = `${DEVICE}.7.2.1`;
const HIOS_LOAD = `${HIOS}.22.1.8`;
/** HMPRIV-MGMT-SNMP-MIB. */
const CLASSIC = `${HIRSCHMANN}.14`;
const CLASSIC_LOAD = `${CLASSIC}.2.15`;
const CLASSIC_OPTICS = `${CLASSIC}.1.1.13.1`;
const LED = `${CLASSIC}.1.1.35.1`;

const LED_STATES = {
  1: ['off', 'unknown'],
  2: ['green', 'ok'],
  3: ['yellow', 'warning'],
  4: ['red', 'critical'],
} as const;

export const profile = defineProfile({
  name: 'hirschmann',
  title: 'Hirschmann',
  match: [{ sysObjectID: HIRSCHMANN }],
  identity: {
    kind: [
      { kind: 'firewall', sysDescr: 'EAGLE' },
      { kind: 'access-point', sysDescr: 'BAT|OpenBAT' },
      { kind: 'switch' },
    ],
    vendor: 'Hirschmann',
    model: [{ from: 'sysDescr', match: '^(?:Hirschmann )?(\\S.*?)(?:,|$)' }],
    version: [`{${CLASSIC}.1.1.2.0}`, { from: 'sysDescr', match: '(\\d+\\.\\d+\\.\\d+)' }],
  },
  cpu: [
    { name: 'Processor', used: `${HIOS_LOAD}.10.1.0` },
    { name: 'Processor', used: `${CLASSIC_LOAD}.2.1.0` },
  ],
  memory: [
    { name: 'Memory', used: `${HIOS_LOAD}.11.1.0`, free: `${HIOS_LOAD}.11.2.0`, unit: 1024 },
    { name: 'Memory', used: `${CLASSIC_LOAD}.3.1.0`, free: `${CLASSIC_LOAD}.3.2.0`, unit: 1024 },
  ],
  sensors: [
    {
      kind: 'temperature',
      name: 'System temperature',
      value: `${DEVICE}.5.1.0`,
      limits: { high: `${DEVICE}.5.2.0`, low: `${DEVICE}.5.3.0` },
    },
    { kind: 'temperature', name: 'Temperature {index}', value: `${DEVICE}.5.10.1.3` },
    {
      kind: 'temperature',
      name: 'System temperature',
      value: `${CLASSIC}.2.5.1.0`,
      limits: { high: `${CLASSIC}.2.5.2.0`, low: `${CLASSIC}.2.5.3.0` },
    },
    { kind: 'humidity', name: 'System humidity', value: `${DEVICE}.12.1.0` },
    { kind: 'temperature', name: 'SFP {index}', value: `${OPTICS}.2` },
    { kind: 'dbm', name: 'SFP {index} TX power', value: `${OPTICS}.5` },
    { kind: 'dbm', name: 'SFP {index} RX power', value: `${OPTICS}.6` },
    {
      kind: 'state',
      name: 'SFP {index} RX power',
      value: `${OPTICS}.7`,
      states: {
        1: ['ok', 'ok'],
        2: ['warning', 'warning'],
        3: ['alarm', 'critical'],
        4: ['unsupported', 'unknown'],
      },
    },
    { kind: 'temperature', name: 'SFP {index}', value: `${CLASSIC_OPTICS}.12` },
    { kind: 'dbm', name: 'SFP {index} TX power', value: `${CLASSIC_OPTICS}.34` },
    { kind: 'dbm', name: 'SFP {index} RX power', value: `${CLASSIC_OPTICS}.35` },
    {
      kind: 'state',
      name: 'Power supply {index}',
      value: `${HIOS}.11.1.1.1.1.2`,
      states: {
        1: ['present', 'ok'],
        2: ['defective', 'critical'],
        3: ['not installed', 'warning'],
        4: ['unknown', 'unknown'],
      },
    },
    {
      kind: 'state',
      name: 'Power supply {index}',
      value: `${CLASSIC}.1.2.1.3`,
      states: {
        1: ['ok', 'ok'],
        2: ['failed', 'critical'],
        3: ['not installed', 'warning'],
        4: ['unknown', 'unknown'],
      },
    },
    {
      kind: 'state',
      name: 'Ring {index}',
      value: `${CLASSIC}.1.10.1`,
      states: {
        1: ['normal', 'ok'],
        2: ['standby active', 'ok'],
        3: ['standby inactive', 'unknown'],
        4: ['redundancy manager active', 'ok'],
        5: ['redundancy manager inactive', 'unknown'],
      },
    },
    { kind: 'state', name: 'Power supply light', value: `${LED}.1.0`, states: LED_STATES },
    { kind: 'state', name: 'Standby light', value: `${LED}.2.0`, states: LED_STATES },
    { kind: 'state', name: 'Redundancy manager light', value: `${LED}.3.0`, states: LED_STATES },
    { kind: 'state', name: 'Fault light', value: `${LED}.4.0`, states: LED_STATES },
  ],
});
