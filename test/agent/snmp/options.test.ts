import { expect, test } from 'vitest';
import { validateAgentConfig } from '../../../agent/config.ts';
import { loadSnmp } from '../../../agent/snmp/options.ts';

const credentials = { lan: { version: '2c', communityFile: '/etc/vigie-agent/community' } };
/** As the file has them. */
const load = (snmp: unknown, devices: unknown) => loadSnmp(snmp, [{ place: 'snmpDevices', entries: devices }]);
const device = { name: 'switch-1', host: '10.0.0.2', credential: 'lan' };

test('defaults are filled in', () => {
  expect(load({ credentials, traps: {} }, [device]).loaded).toEqual({
    credentials,
    maxInFlight: 32,
    traps: { host: '0.0.0.0', port: 162, credentials: ['lan'] },
    devices: [{ ...device, port: 161, everyS: 30, uplinks: [], ignore: [], timeoutMs: 2000 }],
  });
  expect(load({ credentials, everyS: 60 }, [device]).loaded?.devices[0]?.everyS).toBe(60);
});

test.each([
  ['devices without a word on how to ask them', undefined, [device], /^snmpDevices: needs snmp/],
  [
    'a credential nobody has',
    { credentials },
    [{ ...device, credential: 'wan' }],
    /^snmpDevices\[0\]\.credential: no credential is called "wan"; known are lan$/,
  ],
  ['a name twice', { credentials }, [device, device], /^snmpDevices\[1\]\.name: switch-1 stands there twice$/],
  ['a pace that is too fast', { credentials }, [{ ...device, everyS: 1 }], /^snmpDevices\[0\]\.everyS: /],
  ['a key that is none', { credentials, trap: {} }, [], /^snmp\.trap: /],
  [
    'a secret in the file',
    { credentials: { lan: { version: '2c', community: 'x' } } },
    [],
    /^snmp\.credentials\.lan\.community: a secret does not stand in this file/,
  ],
  [
    'a sweep with a credential nobody has',
    { credentials, discovery: { ranges: ['10.0.0.0/24'], credentials: ['wan'] } },
    [],
    /^snmp\.discovery\.credentials\[0\]: /,
  ],
])('%s is refused with its place', (_, written, devices, fault) => {
  const { faults, loaded } = load(written, devices);
  expect(loaded).toBeUndefined();
  expect(faults).toEqual([expect.stringMatching(fault)]);
});

const own = {
  ...{ chain: 'c', store: 's', device: 'gw', server: 'mqtt://127.0.0.1:1883', dataDir: '/tmp/vigie-none' },
  snmp: { credentials },
};

test('the centre adds devices and stands over the file’s; the file alone says how they are asked', async () => {
  const central = { version: 3, settings: { snmpDevices: [{ ...device, name: 'ap-1' }] } };
  const config = await validateAgentConfig({ ...own, snmpDevices: [device] }, 'agent.yaml', central);
  expect(config.snmp?.devices.map(({ name }) => name)).toEqual(['ap-1', 'switch-1']);
  expect(config.watches).toEqual(['ap-1', 'switch-1']);
  const moved = { version: 4, settings: { snmpDevices: [{ ...device, host: '10.0.0.3' }] } };
  const over = await validateAgentConfig({ ...own, snmpDevices: [device] }, 'agent.yaml', moved);
  expect(over.snmp?.devices.map(({ name, host }) => [name, host])).toEqual([['switch-1', '10.0.0.3']]);
  const wrong = { version: 3, settings: { snmpDevices: [{ ...device, credential: 'wan' }] } };
  await expect(validateAgentConfig(own, 'agent.yaml', wrong)).rejects.toThrow(/central\.snmpDevices\[0\]\.credential/);
  const how = { version: 3, settings: { snmp: {} } };
  await expect(validateAgentConfig(own, 'agent.yaml', how)).rejects.toThrow(/central\.snmp: /);
});

const fromAfar = (snmp: object, host: string, ownHosts: string[] = []) =>
  loadSnmp({ credentials, ...snmp }, [
    { place: 'central.snmpDevices', entries: [{ ...device, host }], isFromAfar: true },
    { place: 'snmpDevices', entries: ownHosts.map((own, i) => ({ ...device, name: `own-${i}`, host: own })) },
  ]).faults;
const discovery = { ranges: ['10.1.0.0/24', '10.2.0.9'], credentials: ['lan'] };

test.each<[string, object, string, string[]]>([
  ['a private address', {}, '192.168.7.1', []],
  ['an address of a carrier’s own', {}, '100.64.0.1', []],
  ['a private address of IPv6', {}, 'fd12::1', []],
  ['an address the sweep may find', { discovery }, '10.2.0.9', []],
  ['an address that is allowed', { discovery, allow: ['203.0.113.0/24'] }, '203.0.113.9', []],
  ['an address its own file has', {}, '203.0.113.9', ['203.0.113.9']],
  ['a name its own file has', {}, 'switch.lan', ['switch.lan']],
])('the centre may name %s', (_, snmp, host, ownHosts) => {
  expect(fromAfar(snmp, host, ownHosts)).toEqual([]);
});

test.each<[string, object, string, RegExp]>([
  ['an address of the world', {}, '203.0.113.9', /203\.0\.113\.9 is outside of 10\.0\.0\.0\/8, .*; .* snmp\.allow of/],
  ['an address of the world, of IPv6', {}, '2001:db8::1', /is outside of/],
  ['an address of the world behind IPv6', {}, '::ffff:203.0.113.9', /is outside of/],
  ['its own machine', {}, '127.0.0.1', /is outside of/],
  ['what no sweep may find', { discovery }, '10.3.0.1', /outside of 10\.1\.0\.0\/24, 10\.2\.0\.9;/],
  ['what is private and not allowed', { discovery, allow: ['203.0.113.0/24'] }, '10.1.0.1', /outside of 203/],
  ['a name', {}, 'evil.example', /evil\.example: an address is expected/],
  ['what reads as an address to some', {}, '0x0a000001', /an address is expected/],
])('the centre may not name %s', (_, snmp, host, fault) => {
  expect(fromAfar(snmp, host)).toEqual([expect.stringMatching(fault)]);
  expect(fromAfar(snmp, host)[0]).toMatch(/^central\.snmpDevices\[0\]\.host: /);
});

test('the device’s own file names any host; what is allowed must be networks', () => {
  expect(load({ credentials }, [{ ...device, host: '203.0.113.9' }]).faults).toEqual([]);
  const allow = ['10.0.0.0/8', '10.0.0.0/33', 'lan', 'fd00::/129', '10.0.0.1/'];
  expect(load({ credentials, allow }, []).faults.map((fault) => fault.split(':')[0])).toEqual(
    [1, 2, 3, 4].map((i) => `snmp.allow[${i}]`),
  );
});

test('what the centre may not name stops its whole configuration, with the path', async () => {
  const central = { version: 3, settings: { snmpDevices: [{ ...device, host: '203.0.113.9' }] } };
  await expect(validateAgentConfig(own, 'agent.yaml', central)).rejects.toThrow(/central\.snmpDevices\[0\]\.host: /);
});

test('a device is watched once, and 1000 of them at most', async () => {
  const many = (count: number, prefix: string) => Array.from({ length: count }, (_, i) => `${prefix}-${i}`);
  const snmpDevices = many(600, 'ap').map((name) => ({ ...device, name }));
  const watch = (watches: string[]) => validateAgentConfig({ ...own, snmpDevices, watches }, 'agent.yaml');
  expect((await watch(['ap-0', 'till'])).watches).toEqual(['ap-0', 'till', ...many(600, 'ap').slice(1)]);
  expect((await watch([...many(400, 'till'), 'ap-1'].slice(0, 400))).watches).toHaveLength(1000);
  await expect(watch(many(401, 'till'))).rejects.toThrow(/watches: .*1001 devices.*1000 at most/);
});
