import { defineProfile } from '../profile.ts';
import { alarms } from '../rules/alarms.ts';
import { IF_NAME } from '../rules/names.ts';

/** Allied Telesis, AlliedWare Plus. */
const ALLIED = '1.3.6.1.4.1.207';
const MIBS = `${ALLIED}.8.4.4`;
/** AT-SYSINFO-MIB. */
const SYSTEM = `${MIBS}.3.3`;
/** AT-RESOURCE-MIB: rscBoardTable. */
const BOARD = `${MIBS}.3.21.1.1`;
/** AT-ENVMONv2-MIB: fans, voltages, temperatures, and the sensors of power supplies. */
const FAN = `${MIBS}.3.12.1.1`;
const VOLTAGE = `${MIBS}.3.12.2.1`;
const TEMPERATURE = `${MIBS}.3.12.3.1`;
const SUPPLY = `${MIBS}.3.12.4.2.1`;
/** AT-PLUGGABLE-DIAGNOSTICS-MIB; by interface and channel. */
const OPTICS = `${MIBS}.3.28.1`;
const PORT = `{${IF_NAME}@1} channel {index.2}`;

const GONE = [128, -128];
const RANGE_STATES = {
  '-1': ['not told', 'unknown'],
  1: ['out of range', 'critical'],
  2: ['in range', 'ok'],
} as const;
const PART_STATES = {
  '-1': ['not told', 'unknown'],
  1: ['failed', 'critical'],
  2: ['good', 'ok'],
  3: ['not powered', 'unknown'],
} as const;

export const profile = defineProfile({
  name: 'allied-telesis',
  title: 'Allied Telesis',
  match: [{ sysObjectID: ALLIED }],
  identity: {
    kind: [
      { kind: 'access-point', sysDescr: 'TQ\\d{4}|access point' },
      { kind: 'firewall', sysDescr: 'AR\\d{4}' },
      { kind: 'switch' },
    ],
    vendor: 'Allied Telesis',
    model: [`{${BOARD}.5}`, { from: 'sysDescr', match: '\\b(AT-\\S+?)(?:,|\\s|$)' }],
    version: [`{${MIBS}.4.500.2.1.1.0}`, { from: 'sysDescr', match: 'version[ :]*v?(\\d[^, ]*)' }],
    serial: [`{${BOARD}.8}`],
  },
  cpu: [
    { name: 'Processor {index}', used: `${SYSTEM}.8.1.4` },
    { name: 'Processor', used: `${SYSTEM}.3.0`, skip: [{ oid: `${SYSTEM}.8.1.4`, answers: true }] },
  ],
  sensors: [
    {
      kind: 'fanspeed',
      name: `{${FAN}.4}`,
      value: { oid: `${FAN}.5`, skip: [0] },
      limits: { low: `${FAN}.6` },
    },
    { kind: 'state', name: `{${FAN}.4}`, value: `${FAN}.7`, states: PART_STATES },
    {
      kind: 'voltage',
      name: `{${VOLTAGE}.4}`,
      value: { oid: `${VOLTAGE}.5`, scale: 0.001 },
      limits: { low: { oid: `${VOLTAGE}.7`, scale: 0.001 }, high: { oid: `${VOLTAGE}.6`, scale: 0.001 } },
    },
    { kind: 'state', name: `{${VOLTAGE}.4}`, value: `${VOLTAGE}.8`, states: RANGE_STATES },
    {
      kind: 'temperature',
      name: `{${TEMPERATURE}.4}`,
      value: { oid: `${TEMPERATURE}.5`, skip: GONE },
      limits: { high: { oid: `${TEMPERATURE}.6`, skip: [0] } },
    },
    { kind: 'state', name: `{${TEMPERATURE}.4}`, value: `${TEMPERATURE}.7`, states: RANGE_STATES },
    { kind: 'state', name: `{${SUPPLY}.5}`, value: `${SUPPLY}.6`, states: PART_STATES },
    { kind: 'temperature', name: PORT, value: { oid: `${OPTICS}.1.1.3`, scale: 0.001 } },
    { kind: 'voltage', name: PORT, value: { oid: `${OPTICS}.2.1.3`, scale: 0.0001 } },
    { kind: 'current', name: `${PORT} TX bias`, value: { oid: `${OPTICS}.3.1.3`, scale: 0.000001 } },
    { kind: 'dbm', name: `${PORT} TX power`, value: { oid: `${OPTICS}.4.1.3`, scale: 0.0001, as: 'dbm' } },
    { kind: 'dbm', name: `${PORT} RX power`, value: { oid: `${OPTICS}.5.1.3`, scale: 0.0001, as: 'dbm' } },
  ],
  traps: alarms(`${MIBS}.3.12.0`, [
    [1, 'atEnvMonv2FanAlarmSetNotify', 'critical', 'Ventilateur en panne', 'Fan failed', 2],
    [3, 'atEnvMonv2VoltAlarmSetNotify', 'critical', 'Tension électrique hors limites', 'Voltage out of range', 4],
    [5, 'atEnvMonv2TempAlarmSetNotify', 'critical', 'Température trop élevée', 'Temperature too high', 6],
    [7, 'atEnvMonv2PsbAlarmSetNotify', 'critical', 'Alimentation électrique en défaut', 'Power supply fault', 8],
    [
      11,
      'atEnvMonv2ExternalPSUAlarmSetNotify',
      'critical',
      'Alimentation externe en défaut',
      'External power supply fault',
      12,
    ],
  ]),
});
