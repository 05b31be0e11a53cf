import { expect, test } from 'vitest';
import { profile as linux } from '../../../../agent/snmp/profiles/linux.ts';
import { profile } from '../../../../agent/snmp/profiles/self-described.ts';
import { type Answers, readSnapshot } from '../read-snapshot.ts';

const kindOf = (sysDescr: string, answers: Answers = {}) =>
  readSnapshot({ '1.3.6.1.2.1.1.1.0': sysDescr, ...answers }, [linux, profile]).identity.kind;

test.each([
  ['UPS Web/SNMP Agent', 'ups'],
  ['Rack ePDU, 8 outlets', 'pdu'],
  ['Acme Network Printer', 'printer'],
  ['Outdoor IP Camera', 'camera'],
  ['Acme Wireless Controller', 'wireless-controller'],
  ['Dual band access point', 'access-point'],
  ['Acme Firewall 100', 'firewall'],
  ['Acme NAS, 4 bays', 'nas'],
  ['8-port PoE Switch', 'switch'],
  ['Broadband router', 'router'],
  ['GROUPS and STUPS', undefined],
])('%s', (sysDescr, kind) => {
  expect(kindOf(sysDescr)).toBe(kind);
});

test('who says nothing and bridges several ports is a switch; two ports are none', () => {
  const ports = '1.3.6.1.2.1.17.1.2.0';
  expect([kindOf('XG-28', { [ports]: 28 }), kindOf('XG-2', { [ports]: 2 })]).toEqual(['switch', undefined]);
});

test('any profile knows better', () => {
  expect(kindOf('Linux switch 6.1 #1', { '1.3.6.1.2.1.17.1.2.0': 12 })).toBe('server');
});

test.each([
  ['Acme XG-28, Software Version 7.0.3.1(B2), Compiled today', '7.0.3.1(B2)'],
  ['Acme box (PoE), fw:60.7050, hw:2', '60.7050'],
  ['Acme AP Firmware v2.1b', '2.1b'],
  ['Acme 10.5 inch display', undefined],
])('version of %s', (sysDescr, version) => {
  expect(readSnapshot({ '1.3.6.1.2.1.1.1.0': sysDescr }, [profile]).identity.version).toBe(version);
});
