import { defineProfile, type SensorRule } from '../profile.ts';
import type { SensorStatus } from '../reading.ts';
import { alarms } from '../rules/alarms.ts';

/** SOCOMECUPS7-MIB: Net Vision cards since the 7th, in Netys, Masterys, Delphys and the like. */
const UPS = '1.3.6.1.4.1.4555.1.1.7.1';
const IDENT = `${UPS}.1`;
const BATTERY = `${UPS}.2`;
const INPUT = `${UPS}.3`;
const OUTPUT = `${UPS}.4`;
const BYPASS = `${UPS}.5`;
/** upsWellKnownAlarms: each a scalar, 0 when there is none. */
const ALARM = `${UPS}.6.3`;

const TENTH = 0.1;
/** What the UPS does not measure. */
const UNTOLD = [-1, 65535, 65534, 655350, 655340];

/** Their place below upsWellKnownAlarms, and how bad each is. */
const ALARMS: readonly [place: number, name: string, status: SensorStatus][] = [
  [1, 'Imminent stop', 'critical'],
  [2, 'Output overload', 'critical'],
  [3, 'Temperature out of tolerance', 'critical'],
  [4, 'Transfer locked', 'warning'],
  [5, 'Transfer impossible', 'warning'],
  [6, 'Insufficient resources', 'critical'],
  [7, 'Redundancy lost', 'warning'],
  [8, 'Output short circuit', 'critical'],
  [9, 'Maintenance due', 'warning'],
  [11, 'General alarm', 'critical'],
  [12, 'Battery circuit open', 'critical'],
  [13, 'Battery discharged', 'critical'],
  [14, 'Battery low', 'critical'],
  [15, 'On battery', 'critical'],
  [16, 'Battery temperature', 'warning'],
  [17, 'Battery room', 'warning'],
  [18, 'Battery test failed', 'critical'],
  [19, 'Battery fault', 'critical'],
  [20, 'Rectifier fault', 'critical'],
  [21, 'Rectifier preventive alarm', 'warning'],
  [22, 'Rectifier input out of tolerance', 'critical'],
  [23, 'Generator', 'warning'],
  [24, 'Battery charger fault', 'critical'],
  [25, 'Battery charger preventive alarm', 'warning'],
  [26, 'Inverter fault', 'critical'],
  [27, 'Inverter preventive alarm', 'warning'],
  [28, 'Bypass fault', 'critical'],
  [29, 'Bypass preventive alarm', 'warning'],
  [30, 'Bypass input out of tolerance', 'warning'],
  [31, 'Phase rotation fault', 'critical'],
  [32, 'Fan failure', 'critical'],
  [33, 'Maintenance bypass', 'warning'],
  [34, 'Emergency power off', 'critical'],
  [35, 'Wrong configuration', 'critical'],
  [36, 'Internal failure', 'critical'],
  [37, 'Optional boards', 'warning'],
  [38, 'External alarm 1', 'warning'],
  [39, 'External alarm 2', 'warning'],
  [40, 'External alarm 3', 'warning'],
  [41, 'External alarm 4', 'warning'],
  ...Array.from({ length: 12 }, (_, at): [number, string, SensorStatus] => [
    42 + at,
    `Module ${at + 1} alarm`,
    'warning',
  ]),
  [55, 'On bypass', 'warning'],
  [56, 'Output off', 'critical'],
  [57, 'System off', 'critical'],
  [58, 'Communication with the UPS lost', 'critical'],
  [59, 'Shutdown pending', 'critical'],
  [61, 'Shutdown imminent', 'critical'],
  [62, 'Awaiting power', 'critical'],
];

export const profile = defineProfile({
  name: 'socomec',
  title: 'Socomec UPS',
  match: [{ sysObjectID: '1.3.6.1.4.1.4555.1.1.7' }],
  identity: {
    kind: 'ups',
    vendor: 'Socomec',
    model: [`{${IDENT}.1.0}`],
    version: [{ from: `${IDENT}.5.0`, match: 'v(\\d+\\.\\d+)' }],
    serial: [`{${IDENT}.2.0}`],
  },
  sensors: [
    {
      kind: 'state',
      name: 'Battery status',
      value: `${BATTERY}.1.0`,
      states: {
        1: ['unknown', 'unknown'],
        2: ['normal', 'ok'],
        3: ['charging', 'ok'],
        4: ['test', 'ok'],
        5: ['discharging', 'critical'],
        6: ['low', 'critical'],
        7: ['depleted', 'critical'],
        8: ['failure', 'critical'],
        9: ['disconnected', 'critical'],
      },
    },
    {
      kind: 'state',
      name: 'Output source',
      value: `${OUTPUT}.1.0`,
      states: {
        1: ['unknown', 'unknown'],
        2: ['on maintenance bypass', 'warning'],
        3: ['on inverter', 'ok'],
        4: ['normal mode', 'ok'],
        5: ['eco mode', 'ok'],
        6: ['on bypass', 'warning'],
        7: ['standby', 'critical'],
        8: ['UPS off', 'critical'],
        9: ['line interactive', 'ok'],
        10: ['flex mode', 'ok'],
      },
    },
    { kind: 'runtime', name: 'Time on battery', value: { oid: `${BATTERY}.2.0`, scale: 1 / 60, skip: UNTOLD } },
    { kind: 'runtime', name: 'Minutes remaining', value: { oid: `${BATTERY}.3.0`, skip: UNTOLD } },
    { kind: 'charge', name: 'Battery charge remaining', value: { oid: `${BATTERY}.4.0`, skip: UNTOLD } },
    { kind: 'voltage', name: 'Battery', value: { oid: `${BATTERY}.5.0`, scale: TENTH, skip: UNTOLD } },
    { kind: 'temperature', name: 'Battery', value: { oid: `${BATTERY}.6.0`, scale: TENTH, skip: [0, ...UNTOLD] } },
    { kind: 'temperature', name: 'Ambient', value: { oid: `${BATTERY}.7.0`, scale: TENTH, skip: [0, ...UNTOLD] } },
    { kind: 'current', name: 'Battery', value: { oid: `${BATTERY}.8.0`, scale: TENTH, skip: UNTOLD } },
    { kind: 'frequency', name: 'Input', value: { oid: `${INPUT}.2.0`, scale: TENTH, skip: UNTOLD } },
    { kind: 'voltage', name: 'Input {index}', value: { oid: `${INPUT}.3.1.2`, scale: TENTH, skip: UNTOLD } },
    { kind: 'current', name: 'Input {index}', value: { oid: `${INPUT}.3.1.3`, scale: TENTH, skip: UNTOLD } },
    { kind: 'frequency', name: 'Output', value: { oid: `${OUTPUT}.2.0`, scale: TENTH, skip: UNTOLD } },
    { kind: 'voltage', name: 'Output {index}', value: { oid: `${OUTPUT}.4.1.2`, scale: TENTH, skip: UNTOLD } },
    { kind: 'current', name: 'Output {index}', value: { oid: `${OUTPUT}.4.1.3`, scale: TENTH, skip: UNTOLD } },
    { kind: 'load', name: 'Output {index}', value: { oid: `${OUTPUT}.4.1.4`, skip: UNTOLD } },
    { kind: 'frequency', name: 'Bypass', value: { oid: `${BYPASS}.1.0`, scale: TENTH, skip: UNTOLD } },
    { kind: 'voltage', name: 'Bypass {index}', value: { oid: `${BYPASS}.3.1.2`, scale: TENTH, skip: UNTOLD } },
    { kind: 'current', name: 'Bypass {index}', value: { oid: `${BYPASS}.3.1.3`, scale: TENTH, skip: UNTOLD } },
    ...ALARMS.map(
      ([place, name, status]): SensorRule => ({
        kind: 'state',
        name,
        value: `${ALARM}.${place}.0`,
        states: { 0: ['none', 'ok'], 1: ['active', status] },
      }),
    ),
  ],
  traps: alarms('1.3.6.1.4.1.4555.1.1.7.2.0', [
    [1, 'upsTrapOnBattery', 'warning', 'Onduleur sur batterie', 'UPS on battery', 23],
    [15, 'upsTrapOnBattery', 'warning', 'Onduleur sur batterie', 'UPS on battery'],
    [5, 'upsTrapImminentStop', 'critical', 'Arrêt imminent de l’onduleur', 'UPS about to stop', 26],
    [6, 'upsTrapOverload', 'critical', 'Onduleur en surcharge', 'UPS overloaded'],
    [7, 'upsTrapRedundancyLost', 'warning', 'Redondance perdue', 'Redundancy lost'],
    [8, 'upsTrapBatteryCircuitOpen', 'critical', 'Circuit de la batterie ouvert', 'Battery circuit open'],
    [10, 'upsTrapBatteryLow', 'critical', 'Batterie de l’onduleur faible', 'UPS battery low'],
    [12, 'upsTrapUpsCriticalAlarm', 'critical', 'Alarme critique de l’onduleur', 'Critical alarm of the UPS', 22],
    [13, 'upsTrapLoadOFF', 'critical', 'Sortie de l’onduleur coupée', 'UPS output off'],
    [
      14,
      'upsTrapCommunicationLost',
      'warning',
      'Communication perdue avec l’onduleur',
      'Communication with the UPS lost',
      25,
    ],
    [16, 'upsTrapBatteryTestfailed', 'critical', 'Test de batterie en échec', 'Battery test failed'],
    [17, 'upsTrapTemperatureAlarm', 'critical', 'Onduleur trop chaud', 'UPS too hot'],
    [18, 'upsTrapOnBypass', 'warning', 'Onduleur en dérivation', 'UPS on bypass'],
    [28, 'upsTrapEmdTempLow', 'warning', 'Température de la pièce trop basse', 'Room too cold', 29],
    [30, 'upsTrapEmdTempHigh', 'warning', 'Température de la pièce trop élevée', 'Room too warm', 31],
    [32, 'upsTrapEmdHumidityLow', 'warning', 'Humidité de la pièce trop basse', 'Room too dry', 33],
    [34, 'upsTrapEmdHumidityHigh', 'warning', 'Humidité de la pièce trop élevée', 'Room too humid', 35],
  ]),
});
