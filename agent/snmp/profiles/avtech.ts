import { defineProfile, type SensorRule } from '../profile.ts';

/** ROOMALERT…-MIB and TEMPAGER…-MIB of AVTECH: each model has its own. */
const AVTECH = '1.3.6.1.4.1.20916.1';

const HUNDREDTH = 0.01;
/** Where its temperature stands, the name beside it (an OID, or what it is), and what it is told in. */
const TEMPERATURES: readonly [value: string, name: string, scale: number][] = [
  // TemPageR 4E, Room Alert 11E
  ['1.1.1.1.0', 'Internal', HUNDREDTH],
  ['1.1.1.2.0', 'Sensor 1', HUNDREDTH],
  ['1.1.1.3.0', 'Sensor 2', HUNDREDTH],
  ['1.1.1.4.0', 'Sensor 3', HUNDREDTH],
  ['3.1.1.1.0', 'Internal', 1],
  ['3.1.2.1.0', '{1.3.6.1.4.1.20916.1.3.1.2.6.0}', 1],
  ['3.1.3.1.0', '{1.3.6.1.4.1.20916.1.3.1.3.6.0}', 1],
  ['3.1.4.1.0', '{1.3.6.1.4.1.20916.1.3.1.4.6.0}', 1],
  // Room Alert 4E, TemPageR 3E
  ['6.1.1.1.2.0', '{1.3.6.1.4.1.20916.1.6.1.1.2.1.0}', 1],
  ['6.1.2.1.1.0', '{1.3.6.1.4.1.20916.1.6.1.2.1.8.0}', 1],
  ['6.1.2.2.1.0', '{1.3.6.1.4.1.20916.1.6.1.2.2.8.0}', 1],
  ['7.1.1.1.1.0', '{1.3.6.1.4.1.20916.1.7.1.1.2.0}', HUNDREDTH],
  ['7.1.2.1.1.0', '{1.3.6.1.4.1.20916.1.7.1.2.1.3.0}', HUNDREDTH],
  ['7.1.2.2.1.0', '{1.3.6.1.4.1.20916.1.7.1.2.2.3.0}', HUNDREDTH],
  // Room Alert 32E/W, 3E, 12E
  ['8.1.1.1.2.0', 'Internal', HUNDREDTH],
  ['8.1.1.4.2.0', 'Internal heat index', HUNDREDTH],
  ['9.1.1.1.1.0', '{1.3.6.1.4.1.20916.1.9.1.1.1.3.0}', HUNDREDTH],
  ['9.1.1.2.1.0', '{1.3.6.1.4.1.20916.1.9.1.1.2.6.0}', HUNDREDTH],
  ['10.1.1.1.0', '{1.3.6.1.4.1.20916.1.10.1.1.3.0}', HUNDREDTH],
  ['10.1.2.1.0', '{1.3.6.1.4.1.20916.1.10.1.2.8.0}', HUNDREDTH],
  ['10.1.3.1.0', '{1.3.6.1.4.1.20916.1.10.1.3.8.0}', HUNDREDTH],
  ['10.1.4.1.0', '{1.3.6.1.4.1.20916.1.10.1.4.8.0}', HUNDREDTH],
  // Room Alert 32S, 12S, 3S
  ['11.1.1.1.2.0', 'Internal', HUNDREDTH],
  ['11.1.1.4.2.0', 'Internal heat index', HUNDREDTH],
  ['12.1.1.1.2.0', 'Internal', HUNDREDTH],
  ['13.1.1.1.2.0', 'Internal', HUNDREDTH],
  ['13.1.2.1.1.0', 'Sensor 1', HUNDREDTH],
];
const HUMIDITIES: readonly [value: string, name: string][] = [
  ['8.1.1.2.1.0', 'Internal'],
  ['11.1.1.2.1.0', 'Internal'],
  ['10.1.2.3.0', '{1.3.6.1.4.1.20916.1.10.1.2.8.0}'],
  ['10.1.3.3.0', '{1.3.6.1.4.1.20916.1.10.1.3.8.0}'],
  ['10.1.4.3.0', '{1.3.6.1.4.1.20916.1.10.1.4.8.0}'],
];
/** Inputs of 3E, 4E, 12E. */
const SWITCHES: readonly [value: string, name: string][] = [
  ['9.1.2.1.0', '9.1.2.2.0'],
  ['6.1.3.1.0', '6.1.3.2.0'],
  ['10.1.5.1.0', '10.1.5.2.0'],
  ['10.1.6.1.0', '10.1.6.2.0'],
  ['10.1.7.1.0', '10.1.7.2.0'],
  ['10.1.8.1.0', '10.1.8.2.0'],
];

export const profile = defineProfile({
  name: 'avtech',
  title: 'AVTECH Room Alert',
  match: [{ sysObjectID: '1.3.6.1.4.1.20916' }],
  identity: {
    kind: 'environment',
    vendor: 'AVTECH',
    model: [{ from: 'sysDescr', match: '^(.*) v[\\d.]+' }],
    version: [{ from: 'sysDescr', match: ' v([\\d.]+)' }],
  },
  sensors: [
    ...TEMPERATURES.map(
      ([oid, name, scale]): SensorRule => ({
        kind: 'temperature',
        name,
        value: { oid: `${AVTECH}.${oid}`, scale, skip: [0] },
      }),
    ),
    ...HUMIDITIES.map(
      ([oid, name]): SensorRule => ({
        kind: 'humidity',
        name,
        value: { oid: `${AVTECH}.${oid}`, scale: HUNDREDTH, skip: [0] },
      }),
    ),
    // External sensors of 32E/W, 32S and 12S: each has 1 °C, 2 °F, 3 humidity.
    ...[8, 11, 12].flatMap((model): SensorRule[] => [
      {
        kind: 'temperature',
        name: 'Sensor {index.1}',
        value: { oid: `${AVTECH}.${model}.1.2`, scale: HUNDREDTH, skip: [0] },
        skip: [{ index: '^(?!\\d+\\.1\\.0$)' }],
      },
      {
        kind: 'humidity',
        name: 'Sensor {index.1}',
        value: { oid: `${AVTECH}.${model}.1.2`, scale: HUNDREDTH },
        skip: [{ index: '^(?!\\d+\\.3\\.0$)' }, { below: 2 }],
      },
    ]),
    ...SWITCHES.map(
      ([oid, name]): SensorRule => ({
        kind: 'state',
        name: `{${AVTECH}.${name}}`,
        value: `${AVTECH}.${oid}`,
        states: { 0: ['off', 'unknown'], 1: ['on', 'ok'] },
      }),
    ),
    ...[8, 11].map(
      (model): SensorRule => ({
        kind: 'state',
        name: 'Power source',
        value: `${AVTECH}.${model}.1.1.3.1.0`,
        states: { 0: ['battery', 'warning'], 1: ['mains', 'ok'] },
      }),
    ),
  ],
});
