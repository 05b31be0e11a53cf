import { defineProfile } from '../profile.ts';
import { alarms } from '../rules/alarms.ts';

/** SOCOMECUPS-MIB: Net Vision cards up to the 6th. */
const UPS = '1.3.6.1.4.1.4555.1.1.1.1';
const IDENT = `${UPS}.1`;
const BATTERY = `${UPS}.2`;
const INPUT = `${UPS}.3`;
const OUTPUT = `${UPS}.4`;

const TENTH = 0.1;
const UNTOLD = [-1, 65535];

export const profile = defineProfile({
  name: 'socomec-netvision',
  title: 'Socomec Net Vision',
  match: [{ sysObjectID: '1.3.6.1.4.1.4555.1.1.1' }],
  identity: {
    kind: 'ups',
    vendor: 'Socomec',
    model: [`{${IDENT}.1.0}`],
    version: [`{${IDENT}.2.0}`],
    serial: [`{${IDENT}.4.0}`],
  },
  sensors: [
    {
      kind: 'state',
      name: 'Battery status',
      value: `${BATTERY}.1.0`,
      states: {
        1: ['unknown', 'unknown'],
        2: ['normal', 'ok'],
        3: ['low', 'critical'],
        4: ['depleted', 'critical'],
        5: ['discharging', 'critical'],
        6: ['failure', 'critical'],
      },
    },
    {
      kind: 'state',
      name: 'Output source',
      value: `${OUTPUT}.1.0`,
      states: {
        1: ['unknown', 'unknown'],
        2: ['on inverter', 'ok'],
        3: ['on mains', 'ok'],
        4: ['eco mode', 'ok'],
        5: ['on bypass', 'warning'],
        6: ['standby', 'critical'],
        7: ['UPS off', 'critical'],
      },
    },
    { kind: 'runtime', name: 'Time on battery', value: { oid: `${BATTERY}.2.0`, scale: 1 / 60, skip: UNTOLD } },
    { kind: 'runtime', name: 'Minutes remaining', value: { oid: `${BATTERY}.3.0`, skip: UNTOLD } },
    { kind: 'charge', name: 'Battery charge remaining', value: { oid: `${BATTERY}.4.0`, skip: UNTOLD } },
    { kind: 'voltage', name: 'Battery', value: { oid: `${BATTERY}.5.0`, scale: TENTH, skip: UNTOLD } },
    { kind: 'frequency', name: 'Input', value: { oid: `${INPUT}.2.0`, scale: TENTH, skip: UNTOLD } },
    { kind: 'voltage', name: 'Input {index}', value: { oid: `${INPUT}.3.1.2`, scale: TENTH, skip: UNTOLD } },
    { kind: 'current', name: 'Input {index}', value: { oid: `${INPUT}.3.1.3`, scale: TENTH, skip: UNTOLD } },
    { kind: 'frequency', name: 'Output', value: { oid: `${OUTPUT}.2.0`, scale: TENTH, skip: UNTOLD } },
    { kind: 'voltage', name: 'Output {index}', value: { oid: `${OUTPUT}.4.1.2`, scale: TENTH, skip: UNTOLD } },
    { kind: 'current', name: 'Output {index}', value: { oid: `${OUTPUT}.4.1.3`, scale: TENTH, skip: UNTOLD } },
    { kind: 'load', name: 'Output {index}', value: { oid: `${OUTPUT}.4.1.4`, skip: UNTOLD } },
  ],
  traps: alarms('1.3.6.1.4.1.4555.1.1.1.2.0', [
    [7, 'upsTrapOnBatteryPower', 'warning', 'Onduleur sur batterie', 'UPS on battery', 9],
    [8, 'upsTrapBatteryLow', 'critical', 'Batterie de l’onduleur faible', 'UPS battery low'],
    [10, 'upsTrapImminentStop', 'critical', 'Arrêt imminent de l’onduleur', 'UPS about to stop'],
    [11, 'upsTrapTurnedOff', 'critical', 'Onduleur arrêté', 'UPS turned off'],
    [12, 'upsTrapOverTemperature', 'critical', 'Onduleur trop chaud', 'UPS too hot'],
    [13, 'upsTrapOverload', 'critical', 'Onduleur en surcharge', 'UPS overloaded'],
    [15, 'upsTrapRedundancyLost', 'warning', 'Redondance perdue', 'Redundancy lost'],
  ]),
});
