import type { SensorRule } from '../profile.ts';

const TENTH = 0.1;
/** What UPS-MIB tells as well is not told twice. */
const unless = (oid: string) => [{ oid: `1.3.6.1.2.1.33.1.${oid}`, answers: true }];

/** XUPS-MIB's battery, input, output and bypass, below the OID of an UPS: Powerware's, which HP took over in its own. */
export const xupsSensors = (ups: string): SensorRule[] => [
  { kind: 'runtime', name: 'Runtime', value: { oid: `${ups}.2.1.0`, scale: 1 / 60 }, skip: unless('2.3.0') },
  { kind: 'voltage', name: 'Battery', value: `${ups}.2.2.0`, skip: unless('2.5.0') },
  { kind: 'current', name: 'Battery', value: `${ups}.2.3.0`, skip: unless('2.6.0') },
  { kind: 'charge', name: 'Battery charge', value: `${ups}.2.4.0`, skip: unless('2.4.0') },
  {
    kind: 'state',
    name: 'Battery ABM status',
    value: `${ups}.2.5.0`,
    states: {
      1: ['charging', 'ok'],
      2: ['discharging', 'critical'],
      3: ['floating', 'ok'],
      4: ['resting', 'ok'],
      5: ['unknown', 'unknown'],
      6: ['disconnected', 'critical'],
      7: ['under test', 'ok'],
      8: ['check battery', 'critical'],
    },
  },
  {
    kind: 'state',
    name: 'Battery failure',
    value: `${ups}.2.7.0`,
    states: { 1: ['yes', 'critical'], 2: ['no', 'ok'] },
  },
  {
    kind: 'state',
    name: 'Battery not present',
    value: `${ups}.2.8.0`,
    states: { 1: ['not present', 'critical'], 2: ['present', 'ok'] },
  },
  {
    kind: 'state',
    name: 'Battery aged',
    value: `${ups}.2.9.0`,
    states: { 1: ['to be replaced', 'warning'], 2: ['no', 'ok'] },
  },
  {
    kind: 'state',
    name: 'Battery low capacity warning',
    value: `${ups}.2.10.0`,
    states: { 1: ['yes', 'critical'], 2: ['no', 'ok'] },
  },
  { kind: 'frequency', name: 'Input', value: { oid: `${ups}.3.1.0`, scale: TENTH }, skip: unless('3.3.1.2') },
  { kind: 'voltage', name: 'Input {index}', value: `${ups}.3.4.1.2`, skip: unless('3.3.1.3') },
  { kind: 'current', name: 'Input {index}', value: `${ups}.3.4.1.3`, skip: unless('3.3.1.4') },
  { kind: 'power', name: 'Input {index}', value: `${ups}.3.4.1.4`, skip: unless('3.3.1.5') },
  { kind: 'load', name: 'Output', value: `${ups}.4.1.0`, skip: unless('4.4.1.5') },
  { kind: 'frequency', name: 'Output', value: { oid: `${ups}.4.2.0`, scale: TENTH }, skip: unless('4.2.0') },
  { kind: 'voltage', name: 'Output {index}', value: `${ups}.4.4.1.2`, skip: unless('4.4.1.2') },
  { kind: 'current', name: 'Output {index}', value: `${ups}.4.4.1.3`, skip: unless('4.4.1.3') },
  { kind: 'power', name: 'Output {index}', value: `${ups}.4.4.1.4`, skip: unless('4.4.1.4') },
  {
    kind: 'state',
    name: 'Output source',
    value: `${ups}.4.5.0`,
    states: {
      1: ['other', 'unknown'],
      2: ['none', 'critical'],
      3: ['normal', 'ok'],
      4: ['bypass', 'warning'],
      5: ['battery', 'critical'],
      6: ['booster', 'warning'],
      7: ['reducer', 'warning'],
      8: ['parallel capacity', 'ok'],
      9: ['parallel redundant', 'ok'],
      10: ['high efficiency', 'ok'],
      11: ['maintenance bypass', 'warning'],
      12: ['energy saver', 'ok'],
    },
  },
  { kind: 'frequency', name: 'Bypass', value: { oid: `${ups}.5.1.0`, scale: TENTH }, skip: unless('5.1.0') },
  { kind: 'voltage', name: 'Bypass {index}', value: `${ups}.5.3.1.2`, skip: unless('5.3.1.2') },
];
