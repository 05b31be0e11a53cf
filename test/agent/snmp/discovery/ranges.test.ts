import { describe, expect, test } from 'vitest';
import { addressesIn, faultInRange, RangeRefused } from '../../../../agent/snmp/discovery/ranges.ts';
import { loadSnmp } from '../../../../agent/snmp/options.ts';

const ALL = ['10.0.0.0/20'];

describe('addresses', () => {
  test('without those of the network and of the broadcast', () => {
    expect(addressesIn(['10.0.1.0/29'], ALL)).toEqual([1, 2, 3, 4, 5, 6].map((last) => `10.0.1.${last}`));
    expect(addressesIn(['10.0.0.0/20'], ALL)).toHaveLength(4094);
  });

  test('of the range that is allowed as well', () => {
    expect(addressesIn(['10.0.1.252/30', '10.0.1.254/31'], ['10.0.1.0/24'])).toEqual(['10.0.1.253', '10.0.1.254']);
  });

  test('a single one, a pair, and each once', () => {
    expect(addressesIn(['10.0.1.7', '10.0.1.7/32', '10.0.1.6/31'], ALL)).toEqual(['10.0.1.7', '10.0.1.6']);
  });

  test('what stands behind the prefix does not matter', () => {
    expect(addressesIn(['10.0.1.77/30'], ALL)).toEqual(['10.0.1.77', '10.0.1.78']);
  });

  test('within two allowed ranges that touch', () => {
    expect(addressesIn(['10.0.0.0/23'], ['10.0.0.0/24', '10.0.1.0/24'])).toHaveLength(508);
  });
});

describe('a range is refused by name', () => {
  test.each([
    ['10.0.16.0/24', 'allows'],
    ['10.0.0.0/19', 'too large'],
    ['0.0.0.0/0', 'IPv4 is expected'],
    ['10.0.1.0/33', 'IPv4 is expected'],
    ['10.0.1', 'IPv4 is expected'],
    ['224.0.0.0/24', 'IPv4 is expected'],
    ['fd00::/64', 'IPv4 is expected'],
    ['switch.example', 'IPv4 is expected'],
    ['', 'IPv4 is expected'],
  ])('%s', (range, why) => {
    const refused = () => addressesIn(['10.0.1.0/24', range], ALL);
    expect(refused).toThrow(RangeRefused);
    expect(refused).toThrow(why);
    expect(refused).toThrow(range);
  });

  test('one that is partly outside, as a whole', () => {
    expect(() => addressesIn(['10.0.0.0/23'], ['10.0.0.0/24'])).toThrow('10.0.0.0/23');
  });

  test('where nothing is allowed nothing is swept', () => {
    expect(() => addressesIn(['10.0.1.1'], [])).toThrow(RangeRefused);
  });

  test('in a configuration too', () => {
    expect(faultInRange('10.0.0.0/20')).toBeUndefined();
    const credentials = { lan: { version: '2c', communityEnv: 'LAN' } };
    const { faults } = loadSnmp(
      { credentials, discovery: { ranges: ['10.0.0.0/24', '10.0.0.0/8'], credentials: ['lan'] } },
      [],
    );
    expect(faults).toEqual([
      'snmp.discovery.ranges[1]: 10.0.0.0/8: too large; a /20 at most (4096 addresses) at a time',
    ]);
  });
});
