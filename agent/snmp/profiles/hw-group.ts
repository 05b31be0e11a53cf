import { defineProfile, type SensorRule } from '../profile.ts';

/** STE-MIB, STE2-MIB and POSEIDON-MIB of HW group: where each has its sensors, and the columns of its value and unit. */
const TABLES = [
  { table: '1.3.6.1.4.1.21796.4.1.3.1', state: 3, value: 5, unit: 7 },
  { table: '1.3.6.1.4.1.21796.4.9.3.1', state: 3, value: 5, unit: 7 },
  { table: '1.3.6.1.4.1.21796.3.3.3.1', state: 4, value: 6, unit: 9 },
];
const CELSIUS = 1;
const FAHRENHEIT = 2;
const PERCENT = 4;

export const profile = defineProfile({
  name: 'hw-group',
  title: 'HW group',
  match: [{ sysObjectID: '1.3.6.1.4.1.21796' }],
  identity: {
    kind: 'environment',
    vendor: 'HW group',
    model: [{ from: 'sysDescr', match: '^((?:HWg-?)?\\S+(?: \\d+)?)' }],
    version: [{ from: 'sysDescr', match: '\\bv?(\\d+\\.\\d+[\\w.]*)' }],
  },
  sensors: TABLES.flatMap(({ table, state, value, unit }): SensorRule[] => {
    const inUnit = (code: number) => [
      { oid: `${table}.${unit}`, not: [code], missing: true },
      { oid: `${table}.${state}`, is: [0] },
    ];
    const oid = `${table}.${value}`;
    return [
      { kind: 'temperature', name: `{${table}.2}`, value: { oid, scale: 0.1 }, skip: inUnit(CELSIUS) },
      {
        kind: 'temperature',
        name: `{${table}.2}`,
        value: { oid, scale: 0.1, as: 'fahrenheit' },
        skip: inUnit(FAHRENHEIT),
      },
      { kind: 'humidity', name: `{${table}.2}`, value: { oid, scale: 0.1 }, skip: inUnit(PERCENT) },
      {
        kind: 'state',
        name: `{${table}.2}`,
        value: `${table}.${state}`,
        states: {
          0: ['invalid', 'unknown'],
          1: ['normal', 'ok'],
          2: ['out of range', 'warning'],
          3: ['out of range', 'critical'],
          4: ['alarm, low', 'critical'],
          5: ['alarm, high', 'critical'],
        },
      },
    ];
  }),
});
