import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/cisco.ts';
import { type Answers, readSnapshot } from '../read-snapshot.ts';

const CISCO = '1.3.6.1.4.1.9';
const ENTITY = '1.3.6.1.2.1.47.1.1.1.1';
const CPU = `${CISCO}.9.109.1.1.1.1`;
const CORE = `${CISCO}.9.109.1.1.2.1`;
const ENHANCED = `${CISCO}.9.221.1.1.1.1`;
const POOL = `${CISCO}.9.48.1.1.1`;

const read = (sysDescr: string, answers: Answers = {}, product = `${CISCO}.1.9999`) =>
  readSnapshot({ '1.3.6.1.2.1.1.1.0': sysDescr, '1.3.6.1.2.1.1.2.0': `oid:${product}`, ...answers }, [profile]);

test('the version stands in sysDescr, model and serial with the first chassis of a stack', () => {
  const { identity } = read('Cisco IOS Software, C2960X Software (C2960X-UNIVERSALK9-M), Version 15.2(7)E3, RELEASE', {
    [`${ENTITY}.5.1`]: 11,
    [`${ENTITY}.7.1`]: 'C29xx Stacking',
    [`${ENTITY}.5.1001`]: 3,
    [`${ENTITY}.13.1001`]: 'WS-C2960X-24TS-L',
    [`${ENTITY}.11.1001`]: 'ABC1',
    [`${ENTITY}.5.2001`]: 3,
    [`${ENTITY}.13.2001`]: 'WS-C2960X-48TS-L',
    [`${ENTITY}.11.2001`]: 'ABC2',
  });
  expect(identity).toMatchObject({
    kind: 'switch',
    vendor: 'Cisco',
    model: 'WS-C2960X-24TS-L',
    version: '15.2(7)E3',
    serial: 'ABC1',
  });
});

test.each([
  ['Cisco IOS Software, C2900 Software (C2900-UNIVERSALK9-M), Version 15.7(3)M, RELEASE', 'router'],
  ['Cisco IOS Software [Amsterdam], ISR Software (X86_64_LINUX_IOSD-UNIVERSALK9-M), Version 17.3.4a', 'router'],
  ['Cisco IOS Software [Cupertino], Catalyst L3 Switch Software (CAT9K_IOSXE), Version 17.9.4', 'switch'],
  ['Cisco IOS Software [Cupertino], C9800 Software (C9800_IOSXE-K9), Version 17.9.4', 'wireless-controller'],
  ['Cisco NX-OS(tm) n9000, Software (n9000-dk9), Version 9.3(8), RELEASE SOFTWARE', 'switch'],
  ['Cisco Adaptive Security Appliance Version 9.16(4)', 'firewall'],
  ['Cisco IOS Software, C1240 Software (C1240-K9W7-M), Version 12.4(25d)JA2', 'access-point'],
])('%s is a %s', (sysDescr, kind) => {
  expect(read(sysDescr).identity.kind).toBe(kind);
});

test('small business switches are another’s', () => {
  expect(read('SG350-10', {}, `${CISCO}.6.1.95.10.3`).profiles).toEqual([]);
  expect(read('Catalyst 1300 Series Managed Switch').profiles).toEqual([]);
});

test('a CPU goes by its entity, its cores and the forwarding processor beside it', () => {
  const reading = read('IOS', {
    [`${CPU}.2.1`]: 7,
    [`${CPU}.5.1`]: 40,
    [`${CPU}.8.1`]: 41,
    [`${CPU}.2.2`]: 0,
    [`${CPU}.5.2`]: 12,
    [`${CORE}.5.1.0`]: 30,
    [`${ENTITY}.7.7`]: 'CPU R0',
    [`${CISCO}.2.1.58.0`]: 99,
    [`${CISCO}.9.715.1.1.6.1.14.9.1`]: 1,
    [`${CISCO}.9.715.1.1.6.1.14.9.3`]: 3,
    [`${ENTITY}.7.9`]: 'F0',
  });
  expect(reading.cpu).toEqual([
    { name: 'CPU R0', usedPercent: 41 },
    { name: 'CPU 2', usedPercent: 12 },
    { name: 'CPU 1 core 0', usedPercent: 30 },
    { name: 'QFP F0', usedPercent: 3 },
  ]);
});

test('an old one tells its CPU in one number', () => {
  expect(read('IOS', { [`${CISCO}.2.1.58.0`]: 17 }).cpu).toEqual([{ name: 'CPU', usedPercent: 17 }]);
});

test('enhanced memory pools take the place of the plain ones, with the 64-bit numbers where there are some', () => {
  const pools = {
    [`${POOL}.2.1`]: 'Processor',
    [`${POOL}.5.1`]: ['gauge', 25] as const,
    [`${POOL}.6.1`]: ['gauge', 75] as const,
  };
  expect(read('IOS', pools).memory).toEqual([{ name: 'Processor', usedPercent: 25, totalBytes: 100 }]);
  const enhanced = {
    [`${ENHANCED}.3.1.1`]: 'Processor',
    [`${ENHANCED}.6.1.1`]: 1,
    [`${ENHANCED}.7.1.1`]: 10,
    [`${ENHANCED}.8.1.1`]: 10,
    [`${ENHANCED}.18.1.1`]: ['counter64', 60] as const,
    [`${ENHANCED}.20.1.1`]: ['counter64', 40] as const,
    [`${ENHANCED}.3.1.2`]: 'I/O',
    [`${ENHANCED}.6.1.2`]: 1,
    [`${ENHANCED}.7.1.2`]: 20,
    [`${ENHANCED}.8.1.2`]: 80,
    [`${ENHANCED}.6.1.3`]: 2,
    [`${ENHANCED}.7.1.3`]: 5,
    [`${ENHANCED}.8.1.3`]: 5,
    [`${ENTITY}.7.1`]: 'Switch 1',
  };
  expect(read('IOS', { ...pools, ...enhanced }).memory).toEqual([
    { name: 'Switch 1 Processor', usedPercent: 60, totalBytes: 100 },
    { name: 'Switch 1 I/O', usedPercent: 20, totalBytes: 100 },
  ]);
});

test('an old IOS without ENTITY-MIB goes by its platform', () => {
  const { identity } = read(
    'Cisco Internetwork Operating System Software \r\nIOS (tm) C2950 Software (C2950-I6Q4L2-M), Version 12.1(22)EA4, RELEASE',
  );
  expect(identity).toMatchObject({ model: 'C2950', version: '12.1(22)EA4' });
});

test('an id that is a bare number is no serial number', () => {
  const serial = (id: string) => read('IOS', { [`${CISCO}.3.6.3.0`]: id }).identity.serial;
  expect([serial('0x12'), serial('JAD0 (968971907)')]).toEqual([undefined, 'JAD0']);
});

test.each(['C2900XL', 'C3500XL', 'IES'])('%s is a switch', (platform) => {
  expect(read(`IOS (tm) ${platform} Software, Version 12.0(5)`).identity.kind).toBe('switch');
});
