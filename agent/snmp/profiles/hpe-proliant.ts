import { defineProfile, type SensorRule, type TrapRule } from '../profile.ts';

/** The Compaq MIBs: CPQSINFO, CPQSTDEQ, CPQIDA (arrays), CPQHLTH (health). */
const CPQ = '1.3.6.1.4.1.232';
const [PRODUCT, SERIAL] = [`${CPQ}.2.2.4.2`, `${CPQ}.2.2.2.1`];
const ARRAYS = `${CPQ}.3.2`;
const [CONTROLLER, CACHE, LOGICAL, DRIVE] = [
  `${ARRAYS}.2.1.1`,
  `${ARRAYS}.2.2.1`,
  `${ARRAYS}.3.1.1`,
  `${ARRAYS}.5.1.1`,
];
const HEALTH = `${CPQ}.6.2`;
const FAN = `${HEALTH}.6.7.1`;
const TEMPERATURE = `${HEALTH}.6.8.1`;
const SUPPLY = `${HEALTH}.9.3.1`;
const MODULE = `${HEALTH}.14.13.1`;
const BATTERY = `${HEALTH}.17.2.1`;

const CONDITION = {
  1: ['other', 'unknown'],
  2: ['ok', 'ok'],
  3: ['degraded', 'warning'],
  4: ['failed', 'critical'],
} as const;

const state = (name: string, value: string, states: NonNullable<SensorRule['states']> = CONDITION): SensorRule => ({
  kind: 'state',
  name,
  value,
  states,
});

/** Traps of version 1 with Compaq's own enterprise. */
const trap = (number: number) => `${CPQ}.0.${number}`;
const raising = (number: number, severity: 'warning' | 'critical', fr: string, en: string): TrapRule => ({
  oid: trap(number),
  severity,
  title: { fr, en },
});
const clearing = (number: number, clears: number, fr: string, en: string): TrapRule => ({
  oid: trap(number),
  severity: 'clears',
  clears: trap(clears),
  title: { fr, en },
});

/** An HPE server, whether its iLO answers or the agents on its own system. */
export const profile = defineProfile({
  name: 'hpe-proliant',
  title: 'HPE ProLiant',
  match: [{ sysObjectID: `${CPQ}.9.4` }, { has: { oid: `${PRODUCT}.0` } }],
  identity: {
    vendor: 'HPE',
    model: [`{${PRODUCT}.0}`],
    serial: [`{${SERIAL}.0}`],
  },
  sensors: [
    state('Health', `${CPQ}.6.1.3.0`),
    {
      kind: 'temperature',
      name: 'Temperature {index.-1}',
      value: { oid: `${TEMPERATURE}.4`, skip: [-1, -99] },
      limits: { high: { oid: `${TEMPERATURE}.5`, skip: [0, -1, -99] } },
    },
    state('Temperature {index.-1}', `${TEMPERATURE}.6`),
    { kind: 'temperature', name: `Disk {${DRIVE}.64}`, value: { oid: `${DRIVE}.70`, skip: [-1] } },
    {
      kind: 'power',
      name: `PowerSupply #{${SUPPLY}.2}`,
      value: { oid: `${SUPPLY}.7`, skip: [-1] },
      limits: { high: { oid: `${SUPPLY}.8`, skip: [0, -1] } },
    },
    { kind: 'power', name: 'Power meter', value: { oid: `${HEALTH}.15.3.0`, skip: [-1, 0] } },
    state(`PowerSupply #{${SUPPLY}.2}`, `${SUPPLY}.4`),
    state(`Fan #{${FAN}.2}`, `${FAN}.9`),
    { kind: 'fanspeed', name: `Fan #{${FAN}.2}`, value: { oid: `${FAN}.12`, skip: [-1, 0] } },
    state(`Processor #{${CPQ}.1.2.2.1.1.9}`, `${CPQ}.1.2.2.1.1.6`, {
      1: ['unknown', 'unknown'],
      2: ['ok', 'ok'],
      3: ['degraded', 'warning'],
      4: ['failed', 'critical'],
      5: ['disabled', 'warning'],
    }),
    state(`{${MODULE}.13}`, `${MODULE}.20`, {
      1: ['other', 'unknown'],
      2: ['ok', 'ok'],
      3: ['degraded', 'warning'],
      4: ['degraded, which module is unknown', 'warning'],
    }),
    state('Memory protection', `${HEALTH}.14.4.0`),
    state('Battery Condition {index.-1}', `${BATTERY}.4`),
    state('Battery Status {index.-1}', `${BATTERY}.5`, {
      1: ['no error', 'ok'],
      2: ['general failure', 'critical'],
      3: ['shut down: high resistance', 'critical'],
      4: ['shut down: low voltage', 'critical'],
      5: ['shut down: short circuit', 'critical'],
      6: ['shut down: charging timed out', 'critical'],
      7: ['shut down: over temperature', 'critical'],
      8: ['shut down: lowest voltage', 'critical'],
      9: ['shut down: discharge current', 'critical'],
      10: ['shut down: load count', 'critical'],
      11: ['shut down: enable pin', 'critical'],
      12: ['shut down: over current', 'critical'],
      13: ['shut down: permanent failure', 'critical'],
      14: ['shut down: backup time exceeded', 'critical'],
    }),
    state(`Array Controller Slot#{${CONTROLLER}.5}`, `${CONTROLLER}.6`),
    state('Cache Module Board {index} Battery', `${CACHE}.6`, {
      1: ['other', 'unknown'],
      2: ['ok', 'ok'],
      3: ['recharging', 'warning'],
      4: ['failed', 'critical'],
      5: ['degraded', 'warning'],
      6: ['not present', 'unknown'],
      7: ['capacitor failed', 'critical'],
    }),
    state('Logical Drive #{index.-1}', `${LOGICAL}.11`),
    state('Logical Drive Status #{index.-1}', `${LOGICAL}.4`, {
      1: ['other', 'unknown'],
      2: ['ok', 'ok'],
      3: ['failed', 'critical'],
      4: ['unconfigured', 'warning'],
      5: ['running without redundancy', 'warning'],
      6: ['ready for rebuild', 'warning'],
      7: ['rebuilding', 'warning'],
      8: ['wrong drive', 'critical'],
      9: ['bad connection', 'critical'],
      10: ['overheating', 'critical'],
      11: ['shut down', 'critical'],
      12: ['expanding', 'warning'],
      13: ['not available', 'critical'],
      14: ['queued for expansion', 'warning'],
      15: ['multipath access degraded', 'warning'],
      16: ['erasing', 'warning'],
      17: ['failure predicted, spare being built', 'warning'],
      18: ['parity being initialized', 'warning'],
      19: ['parity to be initialized', 'warning'],
      20: ['encrypted, no key', 'critical'],
      21: ['being encrypted', 'warning'],
      22: ['being given a new key', 'warning'],
    }),
    state(`Disk #{${DRIVE}.64}`, `${DRIVE}.37`),
    state(`Drive {${DRIVE}.5} Status`, `${DRIVE}.6`, {
      0: ['no disk', 'unknown'],
      1: ['other', 'unknown'],
      2: ['ok', 'ok'],
      3: ['failed', 'critical'],
      4: ['failure predicted', 'critical'],
      5: ['erasing', 'warning'],
      6: ['erased', 'warning'],
      7: ['to be erased', 'warning'],
      8: ['SSD worn out', 'critical'],
      9: ['not authenticated', 'unknown'],
      10: ['hot spare', 'ok'],
    }),
    state(`Drive {${DRIVE}.5} S.M.A.R.T.`, `${DRIVE}.57`, {
      1: ['other', 'unknown'],
      2: ['ok', 'ok'],
      3: ['replace the drive', 'warning'],
      4: ['replace the drive: SSD worn out', 'warning'],
    }),
  ],
  traps: [
    raising(6035, 'warning', 'Ventilateur dégradé', 'Fan degraded'),
    raising(6036, 'critical', 'Ventilateur en panne', 'Fan failed'),
    raising(6037, 'warning', 'Ventilation\u202f: redondance perdue', 'Fans no longer redundant'),
    clearing(6055, 6037, 'Ventilation\u202f: redondance rétablie', 'Fans redundant again'),
    raising(6040, 'critical', 'Température\u202f: arrêt imminent', 'Temperature: shutdown imminent'),
    raising(6041, 'warning', 'Température hors limites', 'Temperature out of range'),
    clearing(6042, 6041, 'Température revenue à la normale', 'Temperature back to normal'),
    raising(6032, 'warning', 'Alimentation\u202f: redondance perdue', 'Power supplies no longer redundant'),
    clearing(6054, 6032, 'Alimentation\u202f: redondance rétablie', 'Power supplies redundant again'),
    raising(6049, 'warning', 'Alimentation dégradée', 'Power supply degraded'),
    raising(6050, 'critical', 'Alimentation en panne', 'Power supply failed'),
    clearing(6048, 6050, 'Alimentation rétablie', 'Power supply restored'),
  ],
});
