import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluate } from '../../../../agent/snmp/evaluate/evaluate.ts';
import { Snapshot } from '../../../../agent/snmp/evaluate/snapshot.ts';
import { defineProfile } from '../../../../agent/snmp/profile.ts';
import type { SnmpValue } from '../../../../agent/snmp/value.ts';
import { readSnapshot } from '../read-snapshot.ts';

const T = '1.3.6.1.4.1.9999.1';
const value = `${T}.1`;
const decimal = { prefix: `${T}.2`, places: `${T}.3` };
const read = { oid: value, scale: `${T}.4`, decimal };
const other = { oid: `${T}.5`, decimal };

const profile = defineProfile({
  name: 'probe',
  title: 'Probe',
  match: 'any',
  cpu: [
    { name: 'CPU {index}', used: value },
    { name: 'Mean', used: read, mean: true },
  ],
  memory: [
    { name: 'M {index}', used: read, total: other, reclaimable: [{ value: other }] },
    { name: 'F {index}', free: other, used: read, unit: 1024 },
    { name: 'P {index}', percent: read, total: other },
  ],
  sensors: [
    { kind: 'voltage', name: 'V {index}', value: read, limits: { high: other } },
    { kind: 'count', name: 'Sum', value: read, sum: true },
    { kind: 'dbm', name: 'dBm {index}', value: { ...read, as: 'dbm' } },
    { kind: 'channel', name: 'C {index}', value: { ...read, as: 'channel' } },
    { kind: 'temperature', name: 'T {index}', value: { ...read, as: 'fahrenheit' } },
    { kind: 'state', name: 'S {index}', value: read, states: { 1: ['one', 'ok'] } },
  ],
  supplies: [{ name: 'Toner {index}', kind: 'toner', level: read, max: other }],
});

function opaque(number: number, size: 4 | 8): SnmpValue {
  const bytes = Buffer.from(size === 4 ? '9f780400000000' : '9f79080000000000000000', 'hex');
  if (size === 4) bytes.writeFloatBE(number, 3);
  else bytes.writeDoubleBE(number, 3);
  return { type: 'opaque', value: bytes };
}

const edges = fc.constantFrom(
  Number.NaN,
  Infinity,
  -Infinity,
  Number.MAX_VALUE,
  Number.MIN_VALUE,
  1e60,
  0,
  17,
  18,
  300,
);
const anyValue = fc.oneof(
  fc.oneof(edges, fc.double()).map((number) => opaque(number, 8)),
  fc.oneof(edges, fc.float()).map((number) => opaque(number, 4)),
  fc
    .oneof(fc.integer(), fc.maxSafeInteger(), fc.integer({ min: 0, max: 20 }))
    .map((number): SnmpValue => ({ type: 'integer', value: number })),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((number): SnmpValue => ({ type: 'counter64', value: number })),
  fc.oneof(fc.double(), edges).map((number): SnmpValue => ({ type: 'octets', value: Buffer.from(`${number} V`) })),
);
const COLUMNS = [
  ...[1, 2, 3, 4, 5].map((column) => `${T}.${column}`),
  ...['1.3.6.1.2.1.2.2.1.8', '1.3.6.1.2.1.2.2.1.3', '1.3.6.1.2.1.2.2.1.5', '1.3.6.1.2.1.31.1.1.1.15'],
];
const cells = fc.dictionary(
  fc.tuple(fc.constantFrom(...COLUMNS), fc.constantFrom('1', '2', '3.4.5')).map((at) => at.join('.')),
  anyValue,
  { minKeys: 5, maxKeys: COLUMNS.length * 3 },
);

/** Every number that stands in it, however deep. */
const numbersIn = (part: unknown): number[] => {
  if (typeof part === 'number') return [part];
  return typeof part === 'object' && part !== null ? Object.values(part).flatMap(numbersIn) : [];
};

test('whatever a device answers, every number of its reading is finite', () => {
  fc.assert(
    fc.property(cells, anyValue, (answers, uptime) => {
      const all = new Map([...Object.entries(answers), ['1.3.6.1.2.1.1.3.0', uptime] as const]);
      for (const number of numbersIn(evaluate([profile], new Snapshot(all))))
        expect(Number.isFinite(number)).toBe(true);
    }),
    { seed: 42, numRuns: 500 },
  );
});

test('a share of almost nothing is none', () => {
  const tiny = opaque(Number.MIN_VALUE, 8);
  const answers = new Map<string, SnmpValue>([
    [`${T}.1.1`, opaque(1e20, 8)],
    [`${T}.4.1`, { type: 'integer', value: 1 }],
    [`${T}.5.1`, tiny],
  ]);
  const reading = evaluate([profile], new Snapshot(answers));
  expect(reading.memory?.some(({ name }) => name === 'M 1')).toBe(false);
  expect(reading.supplies).toMatchObject([{ name: 'Toner 1', status: 'unknown' }]);
});

test.each([
  [1, 8e-24],
  [8, 0.008],
  [9, 8],
  [17, 8e24],
  [0, 8],
  [18, 8],
  [1000, 8],
])('a prefix of code %i makes %f of 8', (code, expected) => {
  const { sensors } = readSnapshot({ [`${T}.1.1`]: 8, [`${T}.2.1`]: code, [`${T}.4.1`]: 1 }, [profile]);
  expect(sensors?.find(({ name }) => name === 'V 1')?.value).toBe(expected);
});
