import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/cisco-environment.ts';
import { type Answers, readSnapshot } from '../read-snapshot.ts';

const CISCO = '1.3.6.1.4.1.9';
const NAME = '1.3.6.1.2.1.47.1.1.1.1.7';
const ENVMON = `${CISCO}.9.13.1`;
const SENSOR = `${CISCO}.9.91.1.1.1.1`;
const read = (answers: Answers) =>
  readSnapshot({ '1.3.6.1.2.1.1.2.0': `oid:${CISCO}.1.9999`, ...answers }, [profile]).sensors;
/** CISCO-ENTITY-SENSOR-MIB tells a type, an SI prefix, decimal places and the value. */
const sensor = (index: number, name: string, type: number, prefix: number, places: number, value: number): Answers => ({
  [`${NAME}.${index}`]: name,
  [`${SENSOR}.1.${index}`]: type,
  [`${SENSOR}.2.${index}`]: prefix,
  [`${SENSOR}.3.${index}`]: places,
  [`${SENSOR}.4.${index}`]: value,
});

test('temperatures, fans and supplies have a state, and temperatures the device’s limit', () => {
  expect(
    read({
      [`${ENVMON}.3.1.2.1`]: 'Inlet',
      [`${ENVMON}.3.1.3.1`]: 50,
      [`${ENVMON}.3.1.4.1`]: 46,
      [`${ENVMON}.3.1.6.1`]: 2,
      [`${ENVMON}.3.1.3.2`]: 0,
      [`${ENVMON}.3.1.6.2`]: 5,
      [`${ENVMON}.4.1.2.3`]: 'Fan 1',
      [`${ENVMON}.4.1.3.3`]: 6,
      [`${ENVMON}.5.1.2.4`]: 'PS1',
      [`${ENVMON}.5.1.3.4`]: 1,
      [`${CISCO}.9.117.1.1.2.1.2.4`]: 8,
      [`${NAME}.4`]: 'Power Supply A',
    }),
  ).toMatchObject([
    { kind: 'state', name: 'Inlet', status: 'warning' },
    { kind: 'state', name: 'Fan 1', status: 'critical', label: 'not functioning' },
    { kind: 'state', name: 'PS1', status: 'ok' },
    { kind: 'state', name: 'Power Supply A', status: 'critical', label: 'failed' },
    { kind: 'temperature', name: 'Inlet', value: 50, status: 'critical' },
  ]);
});

test('a sensor’s value is moved by its SI prefix and its decimal places', () => {
  expect(
    read({
      ...sensor(1, 'Gi1 Supply Voltage', 4, 8, 1, 32744),
      ...sensor(2, 'Gi1 Bias Current', 5, 7, 0, 13536),
      ...sensor(3, 'Gi1 Receive Power', 14, 9, 1, -77),
      ...sensor(4, 'Fan 0', 10, 9, 0, 1560),
    }),
  ).toMatchObject([
    { kind: 'voltage', name: 'Gi1 Supply Voltage', value: 3.2744, oid: `${SENSOR}.4.1` },
    { kind: 'current', value: 0.013536 },
    { kind: 'fanspeed', value: 1560 },
    { kind: 'dbm', value: -7.7 },
  ]);
});

test('places out of bounds move nothing; what no sensor can measure is left out', () => {
  expect(
    read({
      ...sensor(1, 'Inlet', 8, 9, 1615384784, 25),
      ...sensor(2, 'Te1', 8, 9, 0, -866597556),
      ...sensor(3, 'Te2', 8, 9, 0, -127),
    }),
  ).toMatchObject([{ kind: 'temperature', name: 'Inlet', value: 25 }]);
});

test('light told in watts is dBm as well', () => {
  expect(read({ ...sensor(1, 'Te0/0/0/1 Rx Power', 6, 7, 0, 500), ...sensor(2, 'Board', 6, 9, 0, 30) })).toMatchObject([
    { kind: 'power', value: 0.0005 },
    { kind: 'power', value: 30 },
    { kind: 'dbm', value: expect.closeTo(-3.01, 2) },
  ]);
});

test('PoE of a supply is told in milliwatts', () => {
  expect(read({ [`${CISCO}.9.402.1.3.1.2.1`]: 'PS A', [`${CISCO}.9.402.1.3.1.4.1`]: ['gauge', 26100] })).toMatchObject([
    { kind: 'power', name: 'PoE used PS A', value: 26.1 },
  ]);
});
