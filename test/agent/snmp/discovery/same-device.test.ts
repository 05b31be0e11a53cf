import { expect, test } from 'vitest';
import type { FoundDevice } from '../../../../agent/snmp/discovery/found.ts';
import { mergeSame } from '../../../../agent/snmp/discovery/same-device.ts';

const found = (address: string, more: Partial<FoundDevice> = {}): FoundDevice => ({
  address,
  others: [],
  port: 161,
  credential: 'lan',
  macs: [],
  ...more,
});
const known = (name: string, address: string, serial?: string) => ({
  name,
  address,
  port: 161,
  credential: 'lan',
  ...(serial !== undefined && { serial }),
});
const placesOf = (devices: readonly FoundDevice[]) => devices.map(({ address, others }) => [address, ...others]);

test.each<[string, Partial<FoundDevice>, Partial<FoundDevice>, boolean]>([
  ['the same serial number', { serial: 'FDO1234' }, { serial: 'FDO1234', engine: 'other' }, true],
  ['another serial number', { serial: 'FDO1234', engine: 'aa' }, { serial: 'FDO9999', engine: 'aa' }, false],
  ['serial numbers of two makers', { serial: '123456', vendor: 'A' }, { serial: '123456', vendor: 'B' }, false],
  ['serial numbers that say nothing', { serial: 'unknown' }, { serial: 'unknown' }, false],
  [
    'serial numbers that say nothing, but one engine',
    { serial: '0', engine: 'aa' },
    { serial: '0', engine: 'aa' },
    true,
  ],
  ['the same engine', { engine: 'aabb' }, { engine: 'aabb' }, true],
  ['an engine the maker gave to all', { engine: 'aa', macs: ['a'] }, { engine: 'aa', macs: ['b'] }, false],
  ['a MAC of their own', { macs: ['a', 'b'] }, { macs: ['b', 'c'] }, true],
  ['nothing', {}, {}, false],
])('two addresses with %s', (_, left, right, areOne) => {
  const merged = mergeSame([found('10.0.0.9', left), found('10.0.0.10', right)], []);
  expect(placesOf(merged)).toEqual(areOne ? [['10.0.0.9', '10.0.0.10']] : [['10.0.0.9'], ['10.0.0.10']]);
});

test('a device is called where it is configured', () => {
  const merged = mergeSame(
    [found('10.0.0.1', { serial: 'AB1234' }), found('10.0.0.2', { serial: 'AB1234', device: 'sw' })],
    [known('sw', '10.0.0.2')],
  );
  expect(merged).toMatchObject([{ address: '10.0.0.2', others: ['10.0.0.1'], device: 'sw' }]);
});

test('one that has moved is known by its serial number, unless it is where it was', () => {
  const devices = [known('sw', '10.0.0.2', 'AB1234')];
  expect(mergeSame([found('10.0.0.7', { serial: 'AB1234' })], devices)).toMatchObject([{ device: 'sw' }]);
  const both = mergeSame([found('10.0.0.2', { device: 'sw' }), found('10.0.0.7', { serial: 'AB1234' })], devices);
  expect(both.map(({ device }) => device)).toEqual(['sw', undefined]);
});

test('two configured devices stay two', () => {
  const two = [found('10.0.0.1', { engine: 'aa', device: 'a' }), found('10.0.0.2', { engine: 'aa', device: 'b' })];
  expect(mergeSame(two, [])).toHaveLength(2);
});
