import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/entity-sensor.ts';
import { readSnapshot } from '../read-snapshot.ts';

/** A row: type, scale, precision, value, status, units; and the entity's description and name. */
const sensor = (index: number, values: readonly (number | string)[], description: string, name?: string) => ({
  ...Object.fromEntries(values.map((value, at) => [`1.3.6.1.2.1.99.1.1.1.${at + 1}.${index}`, value])),
  [`1.3.6.1.2.1.47.1.1.1.1.2.${index}`]: description,
  ...(name !== undefined && { [`1.3.6.1.2.1.47.1.1.1.1.7.${index}`]: name }),
});

test.each([
  ['milli', [8, 8, 0, 24_500, 1], { kind: 'temperature', value: 24.5 }],
  ['decimals', [8, 9, 3, 34_574, 1], { kind: 'temperature', value: 34.574 }],
  ['both', [4, 8, 1, 32_744, 1], { kind: 'voltage', value: 3.2744 }],
  ['micro', [5, 7, 0, 13_536, 1], { kind: 'current', value: 0.013536 }],
  ['kilo', [6, 10, 0, 2, 1], { kind: 'power', value: 2000 }],
  ['hertz', [7, 9, 0, 50, 1], { kind: 'frequency', value: 50 }],
  ['humidity', [9, 9, 0, 40, 1], { kind: 'humidity', value: 40 }],
  ['rpm', [10, 9, 0, 3969, 1], { kind: 'fanspeed', value: 3969 }],
  ['dBm', [14, 9, 2, -680, 1], { kind: 'dbm', value: -6.8 }],
  ['dBm by its units', [1, 9, 1, -77, 1, 'dBm'], { kind: 'dbm', value: -7.7 }],
])('%s', (_, values, expected) => {
  const { sensors } = readSnapshot(sensor(7, values, 'Thing', 'Named'), [profile]);
  expect(sensors).toMatchObject([{ ...expected, name: 'Named', oid: '1.3.6.1.2.1.99.1.1.1.4.7' }]);
});

test('one is named by its description where it has no name; what is unavailable or no value is left out', () => {
  const { sensors } = readSnapshot(
    {
      ...sensor(1, [8, 9, 0, 30, 1], 'Inlet'),
      ...sensor(2, [8, 9, 0, 31, 1], 'Outlet', ''),
      ...sensor(3, [8, 9, 0, 32, 2], 'Unavailable', 'A'),
      ...sensor(4, [8, 9, 0, -127, 1], 'None', 'B'),
      ...sensor(5, [1, 9, 0, 1, 1, 'widgets'], 'Other', 'C'),
    },
    [profile],
  );
  expect(sensors).toMatchObject([
    { name: 'Inlet', value: 30 },
    { name: 'Outlet', value: 31 },
  ]);
});
