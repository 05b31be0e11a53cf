import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/axis.ts';
import { readSnapshot } from '../read-snapshot.ts';

const OBJECTS = '1.3.6.1.4.1.368.4.1';
const described = (what: string) => ({
  '1.3.6.1.2.1.1.1.0': ` ; AXIS X9999; ${what}; 10.2.3; Sep 22 2020 12:38; 795; 1; `,
});

test('a camera is what it describes itself as; its serial number is the first MAC address', () => {
  const { identity } = readSnapshot(
    {
      ...described('Network Camera'),
      '1.3.6.1.2.1.2.2.1.6.1': 'hex:00 00 00 00 00 00',
      '1.3.6.1.2.1.2.2.1.6.2': 'hex:b8 a4 4f 02 fe 99',
    },
    [profile],
  );
  expect(identity).toMatchObject({
    kind: 'camera',
    vendor: 'Axis',
    model: 'AXIS X9999',
    version: '10.2.3',
    serial: 'b8a44f02fe99',
  });
});

test.each([
  ['Network Speaker', 'appliance'],
  ['Network Video Recorder', 'nvr'],
  ['Dome Camera', 'camera'],
])('a %s is of the kind %s', (what, kind) => {
  expect(readSnapshot(described(what), [profile]).identity.kind).toBe(kind);
});

test('states of its parts, by where they are', () => {
  const { sensors, cpu } = readSnapshot(
    {
      ...described('Network Camera'),
      [`${OBJECTS}.1.1.3.3.1`]: 2,
      [`${OBJECTS}.2.1.3.2.1`]: 1,
      [`${OBJECTS}.3.1.3.1.1`]: 3,
      [`${OBJECTS}.3.1.4.1.1`]: 61,
      [`${OBJECTS}.3.1.3.4.1`]: 1,
      [`${OBJECTS}.4.1.2.1`]: 2,
      [`${OBJECTS}.6.1.2.1`]: 'Housing',
      [`${OBJECTS}.6.1.3.1`]: 2,
      [`${OBJECTS}.8.1.2.1`]: 'SD_DISK',
      [`${OBJECTS}.8.1.3.1`]: 2,
      [`${OBJECTS}.100.3.1.0`]: 42,
    },
    [profile],
  );
  expect(cpu).toEqual([{ name: 'CPU', usedPercent: 42 }]);
  expect(sensors?.map(({ name, value, status }) => [name, value, status])).toEqual([
    ['Temperature Sensor 1', 3, 'critical'],
    ['Temperature Sensor 1', 61, 'ok'],
    ['Fan housing 1', 1, 'ok'],
    ['Temperature Sensor CPU 1', 1, 'ok'],
    ['Power supply external 1', 2, 'critical'],
    ['Video signal 1', 2, 'critical'],
    ['Casing Housing', 2, 'warning'],
    ['Storage Status: SD_DISK', 2, 'critical'],
  ]);
});
