import { defineProfile, type SensorRule, type Skip } from '../profile.ts';
import type { SensorKind, SensorStatus } from '../reading.ts';

const CISCO = '1.3.6.1.4.1.9';
/** entPhysicalName. */
const NAME = '1.3.6.1.2.1.47.1.1.1.1.7';

/** CISCO-ENVMON-MIB: voltages, temperatures, fans, power supplies. */
const ENVMON = `${CISCO}.9.13`;
const VOLTAGE = `${ENVMON}.1.2.1`;
const TEMPERATURE = `${ENVMON}.1.3.1`;
const FAN = `${ENVMON}.1.4.1`;
const SUPPLY = `${ENVMON}.1.5.1`;
type States = Readonly<Record<number, readonly [string, SensorStatus]>>;
const ENVIRONMENT: States = {
  1: ['normal', 'ok'],
  2: ['warning', 'warning'],
  3: ['critical', 'critical'],
  4: ['shutdown', 'critical'],
  5: ['not present', 'unknown'],
  6: ['not functioning', 'critical'],
};
const ABSENT = 5;

/** CISCO-ENTITY-FRU-CONTROL-MIB: what can be pulled out and put in. */
const FRU = `${CISCO}.9.117`;
const POWER: States = {
  1: ['off (other)', 'critical'],
  2: ['on', 'ok'],
  3: ['off (administratively)', 'warning'],
  4: ['off (denied)', 'critical'],
  5: ['off (environment)', 'critical'],
  6: ['off (temperature)', 'critical'],
  7: ['off (fan)', 'critical'],
  8: ['failed', 'critical'],
  9: ['on (fan failed)', 'warning'],
  10: ['off (cooling)', 'critical'],
  11: ['off (connector rating)', 'critical'],
  12: ['on (no inline power)', 'warning'],
};
const FAN_TRAY: States = {
  1: ['unknown', 'unknown'],
  2: ['up', 'ok'],
  3: ['down', 'critical'],
  4: ['warning', 'warning'],
};
const MODULE: States = {
  1: ['unknown', 'unknown'],
  2: ['ok', 'ok'],
  3: ['disabled', 'ok'],
  4: ['ok, diagnosis failed', 'warning'],
  5: ['booting', 'warning'],
  6: ['self test', 'warning'],
  7: ['failed', 'critical'],
  8: ['missing', 'critical'],
  9: ['does not fit its parent', 'critical'],
  10: ['does not fit the configuration', 'critical'],
  11: ['diagnosis failed', 'critical'],
  12: ['dormant', 'warning'],
  13: ['out of service (administratively)', 'warning'],
  14: ['out of service (temperature)', 'critical'],
  15: ['powered down', 'critical'],
  16: ['powered up', 'warning'],
  17: ['power denied', 'critical'],
  18: ['power cycled', 'critical'],
  19: ['ok, power above warning', 'warning'],
  20: ['ok, power above critical', 'critical'],
  21: ['synchronising', 'warning'],
  22: ['upgrading', 'warning'],
  23: ['ok, authentication failed', 'critical'],
  24: ['minimal disruption restart', 'warning'],
  25: ['firmware does not fit', 'critical'],
  26: ['firmware downloaded', 'warning'],
  27: ['firmware download failed', 'critical'],
};

/** CISCO-ENTITY-SENSOR-MIB: entSensorValueTable. */
const SENSOR = `${CISCO}.9.91.1.1.1.1`;
const [TYPE, SCALE, PRECISION, VALUE] = [`${SENSOR}.1`, `${SENSOR}.2`, `${SENSOR}.3`, `${SENSOR}.4`];
/** What a sensor that cannot be read tells; and beyond this nothing on earth is: cages without a module tell rubbish. */
const NO_VALUE = [-127];
const RUBBISH: readonly Skip[] = [{ below: -100_000_000 }, { above: 1_000_000_000 }];
const WATTS = 6;
const decimal = { prefix: SCALE, places: PRECISION };
const measuring = (kind: SensorKind, types: readonly number[]): SensorRule => ({
  kind,
  name: `{${NAME}}`,
  value: { oid: VALUE, decimal, skip: NO_VALUE },
  skip: [{ oid: TYPE, not: types, missing: true }, ...RUBBISH],
});

/** CISCO-POWER-ETHERNET-EXT-MIB: cpeExtMainPseTable, in milliwatts. */
const POE = `${CISCO}.9.402.1`;
const POE_SUPPLY = `${POE}.3.1.2`;

export const profile = defineProfile({
  name: 'cisco-environment',
  title: 'Cisco: temperatures, fans, power supplies, modules, transceivers, PoE',
  match: [{ sysObjectID: CISCO, notSysObjectID: `${CISCO}.6.1` }],
  sensors: [
    { kind: 'state', name: `{${VOLTAGE}.2}`, value: `${VOLTAGE}.7`, states: ENVIRONMENT },
    {
      kind: 'state',
      name: `{${TEMPERATURE}.2}`,
      value: `${TEMPERATURE}.6`,
      states: ENVIRONMENT,
      skip: [{ oid: `${TEMPERATURE}.2`, is: [''], missing: true }],
    },
    { kind: 'state', name: `{${FAN}.2}`, value: `${FAN}.3`, states: ENVIRONMENT },
    { kind: 'state', name: `{${SUPPLY}.2}`, value: `${SUPPLY}.3`, states: ENVIRONMENT },
    { kind: 'state', name: `{${NAME}}`, value: `${FRU}.1.1.2.1.2`, states: POWER },
    { kind: 'state', name: `{${NAME}}`, value: `${FRU}.1.2.1.1.2`, states: MODULE },
    { kind: 'state', name: `{${NAME}}`, value: `${FRU}.1.4.1.1.1`, states: FAN_TRAY },
    {
      kind: 'voltage',
      name: `{${VOLTAGE}.2}`,
      value: { oid: `${VOLTAGE}.3`, scale: 0.001 },
      limits: { low: { oid: `${VOLTAGE}.4`, scale: 0.001 }, high: { oid: `${VOLTAGE}.5`, scale: 0.001 } },
      skip: [{ oid: `${VOLTAGE}.7`, is: [ABSENT] }],
    },
    {
      kind: 'temperature',
      name: `{${TEMPERATURE}.2}`,
      value: `${TEMPERATURE}.3`,
      limits: { high: { oid: `${TEMPERATURE}.4`, skip: [0] } },
      skip: [
        { oid: `${TEMPERATURE}.6`, is: [ABSENT] },
        { oid: `${TEMPERATURE}.2`, is: [''], missing: true },
      ],
    },
    measuring('voltage', [3, 4]),
    measuring('current', [5]),
    measuring('power', [WATTS]),
    measuring('frequency', [7]),
    measuring('temperature', [8]),
    measuring('humidity', [9]),
    measuring('fanspeed', [10]),
    measuring('dbm', [14]),
    /** IOS-XR tells the light of a transceiver in watts. */
    {
      kind: 'dbm',
      name: `{${NAME}}`,
      value: { oid: VALUE, decimal, scale: 1000, as: 'dbm' },
      skip: [
        { oid: TYPE, not: [WATTS], missing: true },
        { oid: NAME, matches: '^(?!.*(power [rt]x|[rt]x (power|lane)))', missing: true },
      ],
    },
    { kind: 'power', name: `PoE used {${POE_SUPPLY}}`, value: { oid: `${POE}.3.1.4`, scale: 0.001 } },
    { kind: 'power', name: `PoE remaining {${POE_SUPPLY}}`, value: { oid: `${POE}.3.1.5`, scale: 0.001 } },
    { kind: 'count', name: 'PoE devices', value: `${POE}.4.1.0` },
  ],
  traps: [
    {
      oid: `${ENVMON}.3.0.1`,
      title: {
        fr: 'L’équipement va s’arrêter pour se protéger',
        en: 'The device is about to shut down to protect itself',
      },
      severity: 'critical',
    },
    {
      oid: `${ENVMON}.3.0.2`,
      title: { fr: `Tension hors limites\u202f: {${VOLTAGE}.2}`, en: `Voltage out of range: {${VOLTAGE}.2}` },
      severity: 'warning',
    },
    {
      oid: `${ENVMON}.3.0.3`,
      title: {
        fr: `Température hors limites\u202f: {${TEMPERATURE}.2}`,
        en: `Temperature out of range: {${TEMPERATURE}.2}`,
      },
      severity: 'warning',
    },
    {
      oid: `${ENVMON}.3.0.4`,
      title: { fr: `Ventilateur en panne\u202f: {${FAN}.2}`, en: `Fan failed: {${FAN}.2}` },
      severity: 'critical',
    },
    {
      oid: `${ENVMON}.3.0.5`,
      title: {
        fr: `Alimentation redondante en panne\u202f: {${SUPPLY}.2}`,
        en: `Redundant power supply failed: {${SUPPLY}.2}`,
      },
      severity: 'critical',
    },
    {
      oid: `${ENVMON}.3.0.7`,
      title: {
        fr: `L’état de la température a changé\u202f: {${TEMPERATURE}.2}`,
        en: `Temperature state changed: {${TEMPERATURE}.2}`,
      },
      severity: 'info',
    },
    {
      oid: `${ENVMON}.3.0.8`,
      title: { fr: `L’état d’un ventilateur a changé\u202f: {${FAN}.2}`, en: `Fan state changed: {${FAN}.2}` },
      severity: 'info',
    },
    {
      oid: `${ENVMON}.3.0.9`,
      title: {
        fr: `L’état d’une alimentation a changé\u202f: {${SUPPLY}.2}`,
        en: `Power supply state changed: {${SUPPLY}.2}`,
      },
      severity: 'info',
    },
    {
      oid: `${FRU}.2.0.1`,
      title: { fr: 'L’état d’un module a changé', en: 'A module changed its state' },
      severity: 'info',
    },
    {
      oid: `${FRU}.2.0.2`,
      title: { fr: 'L’état de l’alimentation d’un élément a changé', en: 'The power state of a unit changed' },
      severity: 'info',
    },
    {
      oid: `${FRU}.2.0.3`,
      title: { fr: 'Un élément a été inséré', en: 'A unit was inserted' },
      severity: 'info',
    },
    {
      oid: `${FRU}.2.0.4`,
      title: { fr: 'Un élément a été retiré', en: 'A unit was removed' },
      severity: 'warning',
    },
    {
      oid: `${FRU}.2.0.6`,
      title: { fr: 'L’état d’un bloc de ventilation a changé', en: 'A fan tray changed its state' },
      severity: 'info',
    },
    {
      oid: `${CISCO}.9.91.2.0.1`,
      title: { fr: 'Une sonde a franchi son seuil', en: 'A sensor crossed its threshold' },
      severity: 'warning',
    },
  ],
});
