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
