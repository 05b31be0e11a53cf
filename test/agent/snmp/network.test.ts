import { expect, test } from 'vitest';
import { parseNetwork } from '../../../agent/snmp/network.ts';

test.each([
  ['10.1.0.0/24', { address: '10.1.0.0', prefix: 24, family: 'ipv4' }],
  ['10.1.0.9', { address: '10.1.0.9', prefix: 32, family: 'ipv4' }],
  ['0.0.0.0/0', { address: '0.0.0.0', prefix: 0, family: 'ipv4' }],
  ['fd00::/8', { address: 'fd00::', prefix: 8, family: 'ipv6' }],
  ['fe80::1', { address: 'fe80::1', prefix: 128, family: 'ipv6' }],
])('%s is a network', (written, network) => {
  expect(parseNetwork(written)).toEqual(network);
});

test.each([
  '10.1.0.0/33',
  'fd00::/129',
  '10.1.0/24',
  '10.1.0.0/',
  '10.1.0.0/-1',
  '010.1.0.0/24',
  'fe80::1%eth0/64',
  'shop',
  '',
])('%s is none', (written) => {
  expect(parseNetwork(written)).toBeUndefined();
});
