import { expect, test } from 'vitest';
import { questionsOf } from '../../../../agent/snmp/evaluate/questions.ts';
import { defineProfile, type SensorRule } from '../../../../agent/snmp/profile.ts';
import { type Answers, readSnapshot } from '../read-snapshot.ts';

const T = '1.3.6.1.4.1.9999.1';

const read = (answers: Answers, ...sensors: SensorRule[]) =>
  readSnapshot(answers, [defineProfile({ name: 'probe', title: 'Probe', match: 'any', sensors })]).sensors;
const temperature = (more: Partial<SensorRule> = {}): SensorRule => ({
  kind: 'temperature',
  name: `{${T}.2}`,
  value: `${T}.3`,
  ...more,
});

test('a column has a sensor for every row, named in the same row, in the order of the indexes', () => {
  const answers = { [`${T}.2.10`]: 'Rear', [`${T}.2.9`]: ' Front \n door', [`${T}.3.10`]: 24, [`${T}.3.9`]: 21 };
  expect(read(answers, temperature())).toEqual([
    { kind: 'temperature', name: 'Front door', value: 21, unit: '°C', oid: `${T}.3.9`, status: 'ok' },
    { kind: 'temperature', name: 'Rear', value: 24, unit: '°C', oid: `${T}.3.10`, status: 'ok' },
  ]);
});

test('one column does not run into another whose number begins alike', () => {
  expect(read({ [`${T}.3.1`]: 21, [`${T}.31.1`]: 99, [`${T}.30`]: 98 }, temperature())).toHaveLength(1);
});

test('a row without a name is called by its kind and index, a scalar stands for itself', () => {
  expect(read({ [`${T}.3.4`]: 21 }, temperature())?.[0]?.name).toBe('temperature 4');
  const scalar = read({ [`${T}.9.0`]: 21 }, temperature({ name: 'Battery', value: `${T}.9.0` }))?.[0];
  expect(scalar).toMatchObject({ name: 'Battery', oid: `${T}.9.0` });
});

test.each([
  [{ oid: `${T}.3`, scale: 0.1 }, 236, 23.6],
  [{ oid: `${T}.3`, scale: `${T}.4` }, 12, 120],
  [{ oid: `${T}.3`, as: 'fahrenheit' }, 77, 25],
  [{ oid: `${T}.3`, as: 'negative' }, 71, -71],
  [{ oid: `${T}.3`, as: 'rest' }, 30, 70],
  [{ oid: `${T}.3`, match: 'at ([\\d.]+) C' }, 'at 31.5 C', 31.5],
] as const)('a number by %j of %j is %j', (value, told, expected) => {
  expect(read({ [`${T}.3.1`]: told, [`${T}.4.1`]: 10 }, temperature({ value }))?.[0]?.value).toBe(expected);
});

test('values that mean there is none are left out, before they are multiplied', () => {
  const value = { oid: `${T}.3`, scale: 0.1, skip: [-1] };
  expect(read({ [`${T}.3.1`]: -1, [`${T}.3.2`]: -10 }, temperature({ value }))).toMatchObject([{ value: -1 }]);
});

test('names are found across tables by parts of the index and by references', () => {
  const rows = {
    [`${T}.3.7.2`]: 21,
    [`${T}.8.7`]: 'Rack',
    [`${T}.9.2`]: 'Slot',
    [`${T}.5.7.2`]: 41,
    [`${T}.6.41`]: 'Fan tray',
  };
  const name = `{${T}.8@1} {${T}.9@-1} {${T}.6@->${T}.5} {index} {index.1}/{index.-1}`;
  expect(read(rows, temperature({ name }))?.[0]?.name).toBe('Rack Slot Fan tray 7.2 7/2');
});

test.each([
  [{ is: [21] }],
  [{ not: [5] }],
  [{ below: 22 }],
  [{ above: 20 }],
  [{ oid: `${T}.2`, matches: '^UNUSED' }],
  [{ oid: `${T}.2`, is: ['unused 1'] }],
  [{ oid: `${T}.7`, missing: true }],
  [{ oid: `${T}.8.0`, is: [3] }],
])('a row is left out by %j', (skip) => {
  const answers = { [`${T}.3.1`]: 21, [`${T}.2.1`]: 'unused 1', [`${T}.8.0`]: 3 };
  expect(read(answers, temperature())).toHaveLength(1);
  expect(read(answers, temperature({ skip: [skip] }))).toBeUndefined();
});

test('a skip of something the device does not tell leaves nothing out', () => {
  expect(read({ [`${T}.3.1`]: 21 }, temperature({ skip: [{ oid: `${T}.7`, not: [1] }] }))).toHaveLength(1);
});

test('limits of the device are the judge, in the units of the value', () => {
  const limits = {
    low: 5,
    lowWarning: { oid: `${T}.4`, scale: 0.1 },
    highWarning: { oid: `${T}.5`, scale: 0.1 },
    high: { oid: `${T}.6`, scale: 0.1 },
  };
  const status = (value: number, high = 400) =>
    read(
      { [`${T}.3.1`]: value, [`${T}.4.1`]: 100, [`${T}.5.1`]: 300, [`${T}.6.1`]: high },
      temperature({ value: { oid: `${T}.3`, scale: 0.1 }, limits }),
    )?.[0]?.status;
  expect([200, 300, 301, 401, 99, 49].map((value) => status(value))).toEqual([
    'ok',
    'ok',
    'warning',
    'critical',
    'warning',
    'critical',
  ]);
  // Both at nothing: nobody set them.
  expect(status(200, 50)).toBe('ok');
});

test('a state is what its code means; a code nobody knows is unknown under its number', () => {
  const states = { 1: ['on line', 'ok'], 2: ['on battery', 'critical'] } as const;
  const state: SensorRule = { kind: 'state', name: 'Output', value: `${T}.3`, states };
  expect(read({ [`${T}.3.1`]: 2, [`${T}.3.2`]: 7, [`${T}.3.3`]: '1 (line)' }, state)).toMatchObject([
    { value: 2, label: 'on battery', status: 'critical', oid: `${T}.3.1`, unit: '' },
    { value: 7, label: '7', status: 'unknown' },
    { value: 1, label: 'on line', status: 'ok' },
  ]);
});

test('a state may be a word, and what a pattern takes out of a text', () => {
  const states = { OK: ['good', 'ok'], Fail: ['failed', 'critical'] } as const;
  const state: SensorRule = { kind: 'state', name: 'Fan', value: { oid: `${T}.3`, match: 'status=(\\w+)' }, states };
  expect(read({ [`${T}.3.1`]: 'status=fail', [`${T}.3.2`]: 'status=odd' }, state)).toMatchObject([
    { value: 1, label: 'failed', status: 'critical' },
    { value: -1, label: 'odd', status: 'unknown' },
  ]);
});

test('a sum is one sensor of all rows', () => {
  const clients: SensorRule = { kind: 'clients', name: 'Clients', value: `${T}.3`, sum: true };
  expect(read({ [`${T}.3.1`]: 5, [`${T}.3.2`]: 8 }, clients)).toEqual([
    { kind: 'clients', name: 'Clients', value: 13, unit: '', oid: `${T}.3`, status: 'ok' },
  ]);
});

test('all that a rule reads is asked for: values often, what surrounds them seldom', () => {
  const profile = defineProfile({
    name: 'probe',
    title: 'Probe',
    match: 'any',
    identity: { model: [{ from: `${T}.20`, where: { oid: `${T}.21`, is: '3' } }, `v{${T}.22.0}`] },
    sensors: [
      temperature({
        name: `{${T}.8@1} {${T}.6@->${T}.5} {index.1}`,
        value: { oid: `${T}.3`, scale: `${T}.4` },
        limits: { high: `${T}.10`, low: 1 },
        skip: [{ oid: `${T}.11` }, { is: [0] }],
      }),
    ],
    memory: [{ name: 'RAM', used: `${T}.12.0`, total: `${T}.13.0` }],
    supplies: [{ name: 'x', kind: { oid: `${T}.14`, map: {} }, level: `${T}.15`, max: `${T}.16` }],
  });
  const { fast, slow } = questionsOf([profile]);
  const ours = (oids: string[]) =>
    oids
      .filter((oid) => oid.startsWith(T))
      .map((oid) => oid.slice(T.length + 1))
      .sort();
  expect([ours(fast.columns), ours(fast.scalars)]).toEqual([
    ['15', '3'],
    ['12.0', '13.0'],
  ]);
  expect(ours(slow.columns)).toEqual(['10', '11', '14', '16', '20', '21', '4', '5', '6', '8']);
  expect(ours(slow.scalars)).toEqual(['20', '21', '22.0']);
});

test('an OID that is none is a fault that names it', () => {
  expect(() => read({ [`${T}.3.1`]: 1 }, temperature({ name: '{1.3.6.x}' }))).toThrow(
    'not an OID of a profile: 1.3.6.x',
  );
});
