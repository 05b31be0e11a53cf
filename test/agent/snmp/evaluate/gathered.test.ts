import { expect, test } from 'vitest';
import { defineProfile, type SensorRule } from '../../../../agent/snmp/profile.ts';
import { type Answers, readSnapshot } from '../read-snapshot.ts';

const T = '1.3.6.1.4.1.9999.1';
const networks = {
  [`${T}.2.1`]: 'shop',
  [`${T}.3.1`]: 4,
  [`${T}.2.2`]: 'guest',
  [`${T}.3.2`]: 1,
  [`${T}.2.3`]: 'shop',
  [`${T}.3.3`]: 14,
};

const read = (answers: Answers, rule: Partial<SensorRule>) =>
  readSnapshot(answers, [
    defineProfile({
      name: 'probe',
      title: 'Probe',
      match: 'any',
      sensors: [{ kind: 'clients', name: `{${T}.2}`, value: `${T}.3`, ...rule }],
    }),
  ]).sensors?.map(({ name, value, oid }) => [name, value, oid]);

test('rows of the same name are one sum, that stands where the first of them does', () => {
  expect(read(networks, { sum: true })).toEqual([
    ['shop', 18, `${T}.3.1`],
    ['guest', 1, `${T}.3.2`],
  ]);
  expect(read(networks, { sum: true, name: 'All' })).toEqual([['All', 19, `${T}.3`]]);
});

test('of rows of the same name the first alone is kept', () => {
  expect(read(networks, { first: true })).toEqual([
    ['shop', 4, `${T}.3.1`],
    ['guest', 1, `${T}.3.2`],
  ]);
});

test('rows are counted, where there is none as well', () => {
  expect(read(networks, { count: true, name: 'Networks' })).toEqual([['Networks', 3, `${T}.3`]]);
  expect(read({}, { count: true, name: 'Networks' })).toEqual([['Networks', 0, `${T}.3`]]);
});

test.each([
  [1, 2412],
  [13, 2472],
  [14, 2484],
  [36, 5180],
  [157, 5785],
  // 40 MHz wide, told in the octet above
  [256 + 132, 5660],
])('channel %j is at %j MHz', (channel, mhz) => {
  const value = { oid: `${T}.3`, as: 'channel' } as const;
  expect(read({ [`${T}.2.1`]: 'radio', [`${T}.3.1`]: channel }, { value })).toEqual([['radio', mhz, `${T}.3.1`]]);
});

test('a table is left out where another that tells the same answers', () => {
  const skip = [{ oid: `${T}.9`, answers: true }];
  expect(read(networks, { skip })).toHaveLength(3);
  expect(read({ ...networks, [`${T}.9.77`]: 1 }, { skip })).toBeUndefined();
});
