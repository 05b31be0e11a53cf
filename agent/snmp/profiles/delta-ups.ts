import { defineProfile } from '../profile.ts';
import { alarms } from '../rules/alarms.ts';

/** DeltaUPS-MIB. */
const UPS = '1.3.6.1.4.1.2254.2.4';
const IDENT = `${UPS}.1`;
const INPUT = `${UPS}.4`;
const OUTPUT = `${UPS}.5`;
const BATTERY = `${UPS}.7`;
const ENVIRONMENT = `${UPS}.10`;

const TENTH = 0.1;
const UNTOLD = [-1, 65535, 2147483647];
/** What UPS-MIB tells as well is not told twice. */
const unless = (oid: string) => [{ oid: `1.3.6.1.2.1.33.1.${oid}`, answers: true }];

export const profile = defineProfile({
  name: 'delta-ups',
  title: 'Delta UPS',
  match: [{ sysObjectID: UPS }],
  identity: {
    kind: 'ups',
    vendor: 'Delta',
    model: [`{${IDENT}.1.0} {${IDENT}.2.0}`, `{${IDENT}.2.0}`],
    version: [`{${IDENT}.3.0}`],
  },
  sensors: [
    {
      kind: 'state',
      name: 'Battery condition',
      value: `${BATTERY}.1.0`,
      states: { 0: ['good', 'ok'], 1: ['weak', 'warning'], 2: ['to be replaced', 'critical'] },
    },
    {
      kind: 'state',
      name: 'Battery status',
      value: `${BATTERY}.2.0`,
      states: { 0: ['ok', 'ok'], 1: ['low', 'critical'], 2: ['depleted', 'critical'] },
    },
    {
      kind: 'runtime',
      name: 'Minutes remaining',
      value: { oid: `${BATTERY}.5.0`, skip: UNTOLD },
      skip: unless('2.3.0'),
    },
    {
      kind: 'voltage',
      name: 'Battery',
      value: { oid: `${BATTERY}.6.0`, scale: TENTH, skip: UNTOLD },
      skip: unless('2.5.0'),
    },
    {
      kind: 'current',
      name: 'Battery',
      value: { oid: `${BATTERY}.7.0`, scale: TENTH, skip: UNTOLD },
      skip: unless('2.6.0'),
    },
    { kind: 'charge', name: 'Battery charge', value: { oid: `${BATTERY}.8.0`, skip: UNTOLD }, skip: unless('2.4.0') },
    { kind: 'temperature', name: 'Battery', value: { oid: `${BATTERY}.9.0`, skip: UNTOLD }, skip: unless('2.7.0') },
    // Frequency, voltage and current of each of three phases follow each other.
    ...[1, 2, 3].flatMap((phase) => [
      {
        kind: 'frequency' as const,
        name: `Input ${phase}`,
        value: { oid: `${INPUT}.${3 * phase - 1}.0`, scale: TENTH, skip: UNTOLD },
        skip: unless('3.3.1.2'),
      },
      {
        kind: 'voltage' as const,
        name: `Input ${phase}`,
        value: { oid: `${INPUT}.${3 * phase}.0`, scale: TENTH, skip: UNTOLD },
        skip: unless('3.3.1.3'),
      },
      {
        kind: 'current' as const,
        name: `Input ${phase}`,
        value: { oid: `${INPUT}.${3 * phase + 1}.0`, scale: TENTH, skip: UNTOLD },
        skip: unless('3.3.1.4'),
      },
      {
        kind: 'voltage' as const,
        name: `Output ${phase}`,
        value: { oid: `${OUTPUT}.${4 * phase}.0`, scale: TENTH, skip: UNTOLD },
        skip: unless('4.4.1.2'),
      },
      {
        kind: 'current' as const,
        name: `Output ${phase}`,
        value: { oid: `${OUTPUT}.${4 * phase + 1}.0`, scale: TENTH, skip: UNTOLD },
        skip: unless('4.4.1.3'),
      },
      {
        kind: 'power' as const,
        name: `Output ${phase}`,
        value: { oid: `${OUTPUT}.${4 * phase + 2}.0`, skip: UNTOLD },
        skip: unless('4.4.1.4'),
      },
      {
        kind: 'load' as const,
        name: `Output ${phase}`,
        value: { oid: `${OUTPUT}.${4 * phase + 3}.0`, skip: UNTOLD },
        skip: unless('4.4.1.5'),
      },
    ]),
    {
      kind: 'frequency',
      name: 'Output',
      value: { oid: `${OUTPUT}.2.0`, scale: TENTH, skip: UNTOLD },
      skip: unless('4.2.0'),
    },
    { kind: 'temperature', name: 'Environment', value: { oid: `${ENVIRONMENT}.1.0`, skip: UNTOLD } },
    { kind: 'humidity', name: 'Environment', value: { oid: `${ENVIRONMENT}.2.0`, skip: UNTOLD } },
  ],
  traps: alarms(`${UPS}.20.0`, [
    [
      1,
      'dupsCommunicationLost',
      'warning',
      'Communication perdue avec l’onduleur',
      'Communication with the UPS lost',
      2,
    ],
    [3, 'dupsPowerFail', 'warning', 'Onduleur sur batterie', 'UPS on battery', 4],
    [5, 'dupsLowBattery', 'critical', 'Batterie de l’onduleur faible', 'UPS battery low', 6],
    [9, 'dupsLoadSeverity', 'warning', 'Charge de l’onduleur très élevée', 'UPS load very high', 10],
    [11, 'dupsLoadOnBypass', 'warning', 'Onduleur en dérivation', 'UPS on bypass', 12],
    [13, 'dupsUPSFault', 'critical', 'Onduleur en panne', 'UPS failed', 14],
    [18, 'dupsBatteryTestFail', 'critical', 'Test de batterie en échec', 'Battery test failed'],
    [21, 'dupsOutputOverload', 'critical', 'Onduleur en surcharge', 'UPS overloaded', 22],
    [33, 'dupsEnvOverTemperature', 'warning', 'Température de la pièce trop élevée', 'Room too warm', 34],
    [50, 'dupsOverTemperature', 'critical', 'Onduleur trop chaud', 'UPS too hot', 51],
    [52, 'dupsBattReplace', 'warning', 'Batterie de l’onduleur à remplacer', 'UPS battery needs replacement', 53],
  ]),
});
