import { defineProfile } from '../profile.ts';
import { alarms } from '../rules/alarms.ts';

/** NetAgent's MIB of Megatec: cards in UPSes of Phoenixtec, Online USV, Effekta, PowerWalker, Inform and others. */
const UPS = '1.3.6.1.4.1.935.1.1.1';
const IDENT = `${UPS}.1`;
const BATTERY = `${UPS}.2`;
/** Three phases: input, output, bypass, rectifier, state, faults. */
const THREE = `${UPS}.8`;

const TENTH = 0.1;
const UNTOLD = [-1, 65535];
const YES_IS_GOOD = { 14: ['yes', 'ok'], 16: ['no', 'critical'] } as const;
const YES_IS_BAD = { 14: ['yes', 'critical'], 16: ['no', 'ok'] } as const;
/** Phases it does not have tell 0 or nothing. */
const NO_PHASE = [{ is: [0, -1] }];
/** A UPS of one phase answers the states of three as well: that none of it works. Its battery has no voltage there. */
const ONE_PHASE = [{ oid: `${THREE}.1.1.0`, is: [0] }];

export const profile = defineProfile({
  name: 'megatec',
  title: 'Megatec NetAgent',
  match: [{ sysObjectID: '1.3.6.1.4.1.935' }],
  identity: {
    kind: 'ups',
    model: [`{${IDENT}.1.1.0}`, '{1.3.6.1.2.1.33.1.1.2.0}', '{sysDescr}'],
    version: [`{${IDENT}.2.4.0}`, `{${IDENT}.2.1.0}`],
    serial: [`{${IDENT}.2.3.0}`],
  },
  sensors: [
    {
      kind: 'state',
      name: 'UPS state',
      value: `${UPS}.4.1.1.0`,
      states: {
        0: ['unknown', 'unknown'],
        1: ['unknown', 'unknown'],
        2: ['on line', 'ok'],
        3: ['on battery', 'warning'],
        4: ['on boost', 'ok'],
        5: ['sleeping', 'warning'],
        6: ['on bypass', 'ok'],
        7: ['rebooting', 'warning'],
        8: ['standby', 'ok'],
        9: ['on buck', 'ok'],
      },
    },
    {
      kind: 'state',
      name: 'Battery status',
      value: `${BATTERY}.1.1.0`,
      states: { 1: ['unknown', 'unknown'], 2: ['normal', 'ok'], 3: ['low', 'critical'] },
    },
    { kind: 'charge', name: 'Battery charge', value: { oid: `${BATTERY}.2.1.0`, skip: UNTOLD } },
    { kind: 'voltage', name: 'Battery', value: { oid: `${BATTERY}.2.2.0`, scale: TENTH, skip: [0, ...UNTOLD] } },
    { kind: 'temperature', name: 'Battery', value: { oid: `${BATTERY}.2.3.0`, scale: TENTH, skip: UNTOLD } },
    { kind: 'current', name: 'Battery', value: { oid: `${BATTERY}.2.7.0`, scale: TENTH, skip: UNTOLD } },
    { kind: 'voltage', name: 'Input', value: { oid: `${UPS}.3.2.1.0`, scale: TENTH, skip: UNTOLD } },
    { kind: 'frequency', name: 'Input', value: { oid: `${UPS}.3.2.4.0`, scale: TENTH, skip: UNTOLD } },
    { kind: 'voltage', name: 'Output', value: { oid: `${UPS}.4.2.1.0`, scale: TENTH, skip: UNTOLD } },
    { kind: 'frequency', name: 'Output', value: { oid: `${UPS}.4.2.2.0`, scale: TENTH, skip: UNTOLD } },
    { kind: 'load', name: 'Output', value: { oid: `${UPS}.4.2.3.0`, skip: UNTOLD } },
    ...(
      [
        ['Input', 2],
        ['Output', 3],
        ['Bypass', 4],
      ] as const
    ).flatMap(([name, side]) =>
      [1, 2, 3].map((phase) => ({
        kind: 'voltage' as const,
        name: `${name} L${phase}`,
        value: { oid: `${THREE}.${side}.${phase + 1}.0`, scale: TENTH },
        skip: NO_PHASE,
      })),
    ),
    { kind: 'state', name: 'Rectifier rotation error', value: `${THREE}.5.1.0`, states: YES_IS_BAD },
    {
      kind: 'state',
      name: 'Backup',
      value: `${THREE}.5.5.0`,
      states: { 4: ['backup', 'warning'], 5: ['mains normal', 'ok'] },
    },
    {
      kind: 'state',
      name: 'Charge',
      value: `${THREE}.5.6.0`,
      states: { 6: ['boost', 'ok'], 7: ['float', 'ok'], 16: ['none', 'critical'] },
      skip: ONE_PHASE,
    },
    { kind: 'state', name: 'Rectifier operating', value: `${THREE}.5.7.0`, states: YES_IS_GOOD, skip: ONE_PHASE },
    { kind: 'state', name: 'Bypass frequency failure', value: `${THREE}.6.1.0`, states: YES_IS_BAD },
    {
      kind: 'state',
      name: 'Manual bypass breaker',
      value: `${THREE}.6.2.0`,
      states: { 8: ['closed', 'warning'], 9: ['open', 'ok'] },
    },
    {
      kind: 'state',
      name: 'Mains',
      value: `${THREE}.6.3.0`,
      states: { 10: ['normal', 'ok'], 11: ['abnormal', 'critical'] },
    },
    {
      kind: 'state',
      name: 'Static switch',
      value: `${THREE}.6.4.0`,
      states: { 12: ['inverter', 'ok'], 13: ['bypass', 'warning'] },
    },
    { kind: 'state', name: 'Inverter operating', value: `${THREE}.6.5.0`, states: YES_IS_GOOD, skip: ONE_PHASE },
    { kind: 'state', name: 'Short circuit', value: `${THREE}.7.7.0`, states: YES_IS_BAD },
  ],
  traps: alarms('1.3.6.1.4.1.935.0', [
    [1, 'communicationLost', 'warning', 'Communication perdue avec l’onduleur', 'Communication with the UPS lost', 8],
    [2, 'upsOverLoad', 'critical', 'Onduleur en surcharge', 'UPS overloaded', 28],
    [3, 'upsDiagnosticsFailed', 'critical', 'Autotest de l’onduleur en échec', 'UPS self-test failed', 10],
    [5, 'upsOnBattery', 'warning', 'Onduleur sur batterie', 'UPS on battery', 9],
    [7, 'lowBattery', 'critical', 'Batterie de l’onduleur faible', 'UPS battery low', 11],
    [12, 'upsTurnedOff', 'critical', 'Onduleur arrêté', 'UPS turned off'],
    [16, 'envOverTemperature', 'warning', 'Température de la pièce trop élevée', 'Room too warm', 17],
    [18, 'envOverHumidity', 'warning', 'Humidité de la pièce trop élevée', 'Room too humid', 19],
    [20, 'envSmokeAbnormal', 'critical', 'Fumée détectée', 'Smoke detected'],
    [21, 'envWaterAbnormal', 'critical', 'Eau détectée', 'Water detected', 24],
    [27, 'upsTemp', 'critical', 'Onduleur trop chaud', 'UPS too hot', 29],
    [32, 'upsBypass', 'warning', 'Onduleur en dérivation', 'UPS on bypass'],
  ]),
});
